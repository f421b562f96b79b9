package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.analysis.HandshakeSignatures.Opened;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.tcp.Sender;
import io.handshakelab.x509.MessageWalk;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of handshakes as openssl sees them. */
class HandshakeSignaturesTest {
  private static LabServers lab;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    lab = Labs.builder().tls("any").clientAuth(true).start();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, RSA, rsa_pss_rsae_sha256",
    "1.3, RSA, rsa_pss_rsae_sha256",
    "1.2, EC, ecdsa_secp256r1_sha256",
    "1.3, EC, ecdsa_secp256r1_sha256",
    "1.2, Ed25519, ed25519",
    "1.3, Ed25519, ed25519",
  })
  void theClientsProofIsOpenedAndOpensslAgrees(String tls, String kind, String scheme)
      throws Exception {
    Analysis analysis = Analysis.of(visit(tls, kind));

    Opened client = one(HandshakeSignatures.of(analysis, "CertificateVerify"), Sender.CLIENT);
    assertThat(client.walk().valid()).as(client.walk().script()).isTrue();
    assertThat(client.walk().link()).isEqualTo(Integer.toString(client.message().number()));
    assertThat(client.walk().step("signed").value()).startsWith(scheme);
    assertThat(client.walk().step("messages").value())
        .startsWith("ClientHello (client): ")
        .contains("Certificate (client): ")
        .contains("together: " + client.content().length() + " bytes")
        .doesNotContain("CertificateVerify (client)");
    Bytes content = tls.equals("1.3") ? framed("client", client.content()) : client.content();
    assertThat(opensslVerifies(client, content, kind)).containsIgnoringCase("verified");
  }

  @ParameterizedTest
  @CsvSource({"1.2, ServerKeyExchange", "1.3, CertificateVerify"})
  void theServersProofIsOpenedAndOpensslAgrees(String tls, String type) throws Exception {
    Analysis analysis = Analysis.of(visit(tls, "RSA"));

    Opened server = one(HandshakeSignatures.of(analysis, type), Sender.SERVER);
    assertThat(server.walk().valid()).isTrue();
    Bytes content = tls.equals("1.3") ? framed("server", server.content()) : server.content();
    assertThat(opensslVerifies(server, content, "RSA")).containsIgnoringCase("verified");
  }

  @Test
  void aSecondClientHelloIsPrecededByAHashOfTheFirst() throws Exception {
    try (LabServers other = Labs.builder().tls("1.3").group("secp384r1").start()) {
      Capture capture = Visit.to(other.url()).servers(other).source("relay").run().capture();
      Opened server =
          one(HandshakeSignatures.of(Analysis.of(capture), "CertificateVerify"), Sender.SERVER);
      assertThat(server.walk().step("messages").value()).startsWith("message_hash in place");
      assertThat(server.walk().valid()).isTrue();
    }
  }

  @Test
  void whatWasChangedOnTheWayIsRefused() throws Exception {
    Opened client =
        one(
            HandshakeSignatures.of(Analysis.of(visit("1.2", "EC")), "CertificateVerify"),
            Sender.CLIENT);
    byte[] changed = client.content().toArray();
    changed[20] ^= 1;
    SignatureWalk walk =
        MessageWalk.of(
            1,
            List.<SignatureStep>of(),
            client.signer(),
            0x0403,
            Bytes.wrap(changed),
            client.signature());
    assertThat(walk.valid()).isFalse();
    assertThat(walk.step("library").ok()).isFalse();
    assertThat(walk.step("library").value()).doesNotContain("not what the steps");
    assertThat(
            MessageWalk.of(
                    1, List.of(), client.signer(), 0x0804, client.content(), client.signature())
                .valid())
        .as("a scheme that does not fit the key")
        .isFalse();
  }

  private Capture visit(String tls, String kind) throws Exception {
    Path file = folder.resolve(kind + ".pem");
    Files.writeString(file, lab.authority().client(key(kind), new SecureRandom(), "Bob").pem());
    VisitResult result =
        Visit.to(lab.url())
            .servers(lab)
            .tls(tls)
            .clientCertificate(file.toString())
            .source("relay")
            .run();
    assertThat(result.problem()).isNull();
    assertThat(result.refusal()).isNull();
    return result.capture();
  }

  private static KeyPair key(String kind) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else if (kind.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static Opened one(List<Opened> all, Sender sender) {
    List<Opened> own = all.stream().filter(o -> o.message().sender() == sender).toList();
    assertThat(own).hasSize(1);
    return own.get(0);
  }

  /** RFC 8446 §4.4.3, once more. */
  private static Bytes framed(String who, Bytes transcript) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        (" ".repeat(64) + "TLS 1.3, " + who + " CertificateVerify\0")
            .getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(MessageDigest.getInstance("SHA-256").digest(transcript.toArray()));
    return Bytes.wrap(all.toByteArray());
  }

  private String opensslVerifies(Opened opened, Bytes content, String kind) throws Exception {
    Files.writeString(folder.resolve("signer.pem"), Pem.of(opened.signer()));
    Files.write(folder.resolve("content"), content.toArray());
    Files.write(folder.resolve("signature"), opened.signature().toArray());
    Openssl.Result key =
        Openssl.run(folder, "x509", "-in", "signer.pem", "-noout", "-pubkey", "-out", "key.pem");
    assertThat(key.status()).isZero();
    List<String> command = new ArrayList<>();
    if (kind.equals("Ed25519")) {
      command.addAll(List.of("pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin"));
      command.addAll(List.of("-in", "content", "-sigfile", "signature"));
    } else {
      command.addAll(List.of("dgst", "-sha256", "-verify", "key.pem", "-signature", "signature"));
      if (kind.equals("RSA")) {
        command.addAll(List.of("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"));
      }
      command.add("content");
    }
    return Openssl.run(folder, command.toArray(new String[0])).output();
  }
}
