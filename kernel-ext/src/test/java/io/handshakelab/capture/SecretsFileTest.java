package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
  private static final String LINE = "CLIENT_RANDOM 00 11";

  @TempDir static Path directory;

  @Test
  void aKeyLogIsReadInEveryEncodingThatShellsWrite() {
    for (byte[] content :
        List.of(
            LINE.getBytes(StandardCharsets.US_ASCII),
            ("# comment\r\n\r\n " + LINE + " \r\n").getBytes(StandardCharsets.US_ASCII),
            ("\ufeff" + LINE + "\n").getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + LINE + "\r\n").getBytes(StandardCharsets.UTF_16LE),
            ("\ufeff" + LINE + "\r\n").getBytes(StandardCharsets.UTF_16BE))) {
      assertThat(SecretsFile.parse(content, "log").lines()).containsExactly(LINE);
    }
    assertThat(SecretsFile.parse(new byte[0], "log").isEmpty()).isTrue();
  }

  @Test
  void privateKeysAreReadInEveryFormThatOpensslWrites() throws Exception {
    String pkcs8 = openssl("genrsa", "1024");
    Path file = Files.writeString(directory.resolve("key.pem"), pkcs8);
    String pkcs1 = openssl("rsa", "-in", file.toString(), "-traditional");
    assertThat(pkcs8).contains("BEGIN PRIVATE KEY");
    assertThat(pkcs1).contains("BEGIN RSA PRIVATE KEY");
    ServerKey key = only(parse(pkcs8));
    assertThat(key.isRsa()).isTrue();
    assertThat(only(parse(pkcs1))).isEqualTo(key);
    assertThat(only(parse(pkcs1 + pkcs8).plus(parse(pkcs8)))).isEqualTo(key);
    assertThat(key.toString()).isEqualTo("private key file (RSA)");

    Secrets mixed = parse("Bag Attributes\n  friendlyName: x\n" + pkcs8 + LINE + "\n");
    assertThat(only(mixed)).isEqualTo(key);
    assertThat(mixed.lines()).containsExactly(LINE);
    assertThat(mixed.keyLog()).isEqualTo(LINE + "\n");
  }

  @Test
  void otherKindsOfKeysAreNamed() throws Exception {
    for (String kind : List.of("EC", "ED25519", "RSA-PSS", "DH")) {
      String[] options =
          switch (kind) {
            case "EC" -> new String[] {"-pkeyopt", "ec_paramgen_curve:P-256"};
            case "RSA-PSS" -> new String[] {"-pkeyopt", "rsa_keygen_bits:1024"};
            case "DH" -> new String[] {"-pkeyopt", "group:ffdhe2048"};
            default -> new String[0];
          };
      ServerKey key = only(parse(openssl("genpkey", "-algorithm " + kind, options)));
      assertThat(key.isRsa()).isFalse();
      assertThat(key.algorithm()).isIn("EC", "Ed25519", "RSASSA-PSS", "1.2.840.113549.1.3.1");
    }
    assertThat(
            only(parse("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"))
                .algorithm())
        .isEqualTo("EC");
  }

  @Test
  void whatCannotBeReadIsAProblemWithAnAdvice() throws Exception {
    Path file = Files.writeString(directory.resolve("plain.pem"), openssl("genrsa", "1024"));
    String name = file.toString();
    for (String encrypted :
        List.of(
            openssl("pkey", "-in", name, "-aes256", "-passout", "pass:secret"),
            openssl("rsa", "-in", name, "-aes256", "-passout", "pass:secret", "-traditional"))) {
      assertThatThrownBy(() -> parse(encrypted))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.advice()).contains("openssl pkey -in"))
          .hasMessage("the private key file is encrypted");
    }
    String begin = "-----BEGIN PRIVATE KEY-----\n";
    String end = "-----END PRIVATE KEY-----\n";
    for (String broken :
        List.of(
            begin,
            begin + end,
            begin + "%%%\n" + end,
            begin + "MAA=\n" + end,
            begin + "MIIB\n" + end,
            begin.replace("PRIV", "RSA PRIV") + "MAMCAQA=\n" + end.replace("PRIV", "RSA PRIV"))) {
      assertThatThrownBy(() -> parse(broken))
          .as(broken)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("cannot be read");
    }
  }

  private static ServerKey only(Secrets secrets) {
    assertThat(secrets.serverKeys()).hasSize(1);
    return secrets.serverKeys().get(0);
  }

  private static Secrets parse(String text) {
    return SecretsFile.parse(text.getBytes(StandardCharsets.US_ASCII), "file");
  }

  private static String openssl(String first, String second, String... more) {
    List<String> command = new java.util.ArrayList<>(List.of("openssl", first));
    command.addAll(List.of(second.split(" ")));
    command.addAll(List.of(more));
    return Tools.run(command.toArray(String[]::new));
  }
}
