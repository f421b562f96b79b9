package io.handshakelab.oracle;

import static io.handshakelab.oracle.Options.plus;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.analysis.HandshakeSignatures.Opened;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Openssl;
import io.handshakelab.tcp.Sender;
import io.handshakelab.x509.MessageWalk;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures in handshakes of OpenSSL that are unlike those of today, opened by hand. */
@Timeout(120)
class HandshakeProofsTest {
  private static final List<String> KINDS = List.of("rsa", "ec", "dsa");
  private static final List<String> OLD = List.of("-tls1", "-tls1_1");

  @TempDir static Path directory;
  private static Analysis analysis;

  @TempDir Path folder;

  @BeforeAll
  static void talk() throws Exception {
    Recording recording = new Recording(directory, HandshakeProofsTest.class);
    try (recording) {
      recording.certificate("rsa", "rsa:2048");
      recording.certificate("ec", "ec", "ec_paramgen_curve:P-256");
      recording.dsaCertificate("dsa");
      for (String kind : KINDS) {
        for (String version : OLD) {
          List<String> how = List.of(version, "-cipher", "ALL:@SECLEVEL=0");
          try (var server =
              new OpensslServer(recording, plus(plus(how, own(recording, kind)), "-verify", "1"))) {
            server.talk(plus(how, own(recording, kind)), "old +");
          }
        }
      }
      List<String> asked = List.of("-plain", "-tls1_3", "-verify", "1", "-num_tickets", "1");
      try (var server = new OpensslServer(recording, asked);
          Peer client = server.client(plus(own(recording, "ec"), "-enable_pha"))) {
        client.say("first +\n");
        int at = server.peer().await("first +");
        for (String word : List.of("second +", "third +")) {
          server.peer().say("c\n");
          at = server.peer().await("SSL_do_handshake -> 1", at);
          client.say(word + "\n");
          at = server.peer().await(word, at);
        }
        client.finish();
      }
    }
    analysis = Comparison.of(recording.file(), recording.keyLog()).ours();
  }

  private static List<String> own(Recording recording, String kind) {
    return List.of("-cert", recording.path(kind + ".crt"), "-key", recording.path(kind + ".key"));
  }

  static Stream<Arguments> oldProofs() {
    return Stream.of("TLS 1.0", "TLS 1.1")
        .flatMap(
            version ->
                Stream.of("CertificateVerify", "ServerKeyExchange")
                    .map(type -> Arguments.of(version, type)));
  }

  @ParameterizedTest
  @MethodSource("oldProofs")
  void whatTheKeyDecidesIsOpenedStepByStep(String version, String type) throws Exception {
    List<Opened> all =
        HandshakeSignatures.of(analysis, type).stream()
            .filter(opened -> opened.message().version().equals(version))
            .toList();
    assertThat(all).hasSize(KINDS.size());
    for (Opened opened : all) {
      assertThat(opened.walk().valid()).as(opened.walk().toString()).isTrue();
      assertThat(opened.walk().step("library").ok()).isTrue();
      assertThat(opened.walk().step("signed").value()).startsWith("no algorithm is named");
      assertThat(opensslVerifies(opened)).containsIgnoringCase("verified successfully");
      SignatureWalk changed = changed(opened);
      assertThat(changed.valid()).isFalse();
      assertThat(changed.step("library").ok()).isFalse();
      assertThat(changed.step("library").value()).doesNotContain("not what the steps");
    }
    List<String> names = all.get(0).walk().steps().stream().map(SignatureStep::name).toList();
    assertThat(names).contains("md5", "sha1", "encoded", "equal", "strength");
    assertThat(all.get(0).walk().step("encoded").value()).startsWith("0x1ff").contains("ff00");
  }

  /** One bit of what was signed is another. */
  private static SignatureWalk changed(Opened opened) {
    byte[] content = opened.content().toArray();
    content[40] ^= 1;
    return MessageWalk.of(
        1, List.of(), opened.signer(), MessageWalk.BY_KEY, Bytes.wrap(content), opened.signature());
  }

  /** RSA without a DigestInfo, DSA and ECDSA over SHA-1. */
  private String opensslVerifies(Opened opened) throws Exception {
    Files.writeString(folder.resolve("signer.pem"), Pem.of(opened.signer()));
    String key = Openssl.run(folder, "x509", "-in", "signer.pem", "-noout", "-pubkey").output();
    Files.writeString(folder.resolve("key.pem"), key);
    byte[] content = opened.content().toArray();
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(content);
    if (opened.walk().steps().stream().anyMatch(step -> step.name().equals("md5"))) {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
      digest = Bytes.concat(List.of(Bytes.wrap(md5), Bytes.wrap(digest))).toArray();
    }
    Files.write(folder.resolve("digest"), digest);
    Files.write(folder.resolve("signature"), opened.signature().toArray());
    return Openssl.run(
            folder,
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "key.pem",
            "-in",
            "digest",
            "-sigfile",
            "signature")
        .output();
  }

  @Test
  void afterTheHandshakeEachProofCountsFromItsOwnRequest() {
    List<Opened> client =
        HandshakeSignatures.of(analysis, "CertificateVerify").stream()
            .filter(opened -> opened.message().version().equals("TLS 1.3"))
            .filter(opened -> opened.message().sender() == Sender.CLIENT)
            .toList();
    // The first one is part of the handshake.
    assertThat(client).hasSize(3);
    assertThat(client.get(0).walk().step("messages").rfc()).doesNotContain("§4.6.2");
    for (Opened opened : client.subList(1, 3)) {
      assertThat(opened.walk().valid()).as(opened.walk().toString()).isTrue();
      SignatureStep messages = opened.walk().step("messages");
      assertThat(messages.rfc()).contains("§4.6.2");
      assertThat(messages.value().lines().map(line -> line.replaceFirst(": .*", "")).toList())
          .containsExactly(
              "ClientHello (client)",
              "ServerHello (server)",
              "EncryptedExtensions (server)",
              "CertificateRequest (server)",
              "Certificate (server)",
              "CertificateVerify (server)",
              "Finished (server)",
              "Certificate (client)",
              "CertificateVerify (client)",
              "Finished (client)",
              "CertificateRequest (server)",
              "Certificate (client)",
              "together");
    }
    assertThat(client.get(1).content()).isNotEqualTo(client.get(2).content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CertificateVerify", "ServerKeyExchange"})
  void noneIsLeftOut(String type) {
    long there =
        analysis.tls().messages().stream().filter(message -> message.type().equals(type)).count();
    assertThat(HandshakeSignatures.of(analysis, type)).hasSize((int) there).isNotEmpty();
  }
}
