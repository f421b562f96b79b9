package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handshake signs, with the algorithms that TLS has numbers for. */
class SignedMessageTest {
  private static final Provider BOUNCY = new BouncyCastleProvider();
  private static final Bytes MESSAGE = Bytes.utf8("TLS 1.3, server CertificateVerify");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0x0401, RSA, SHA256withRSA",
    "0x0201, RSA, SHA1withRSA",
    "0x0804, RSA, SHA256withRSAandMGF1",
    "0x0806, RSA, SHA512withRSAandMGF1",
    "0x0403, EC, SHA256withECDSA",
    "0x0603, EC, SHA512withECDSA",
    "0x0807, Ed25519, Ed25519",
    "0x0808, Ed448, Ed448",
    "0x0905, ML-DSA-65, ML-DSA-65",
  })
  void theWalkAndTheLibraryAgree(String scheme, String kind, String algorithm) throws Exception {
    KeyPair pair = key(kind);
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    Signature signer = Signature.getInstance(algorithm, BOUNCY);
    signer.initSign(pair.getPrivate());
    signer.update(MESSAGE.toArray());
    Bytes signature = Bytes.wrap(signer.sign());
    int number = Integer.decode(scheme);
    SignatureWalk walk = SignedMessage.walk(MESSAGE, signature, number, key, "CN=a", "what");
    assertThat(walk.valid()).as(walk.toString()).isTrue();
    assertThat(walk.toString()).doesNotContain("not what the steps");
    byte[] other = MESSAGE.toArray();
    other[0] ^= 1;
    SignatureWalk wrong =
        SignedMessage.walk(Bytes.wrap(other), signature, number, key, "CN=a", "what");
    assertThat(wrong.valid()).isFalse();
    assertThat(wrong.toString()).doesNotContain("not what the steps");
    // Cut at its end: without a first octet of zero a number would stay the same.
    for (Bytes cut : new Bytes[] {Bytes.EMPTY, signature.slice(0, signature.length() - 1)}) {
      SignatureWalk bad = SignedMessage.walk(MESSAGE, cut, number, key, "CN=a", "what");
      assertThat(bad.valid()).isFalse();
      assertThat(bad.toString()).doesNotContain("not what the steps");
    }
    if (kind.equals("EC")) {
      Files.write(directory.resolve("message.bin"), MESSAGE.toArray());
      Files.write(directory.resolve("signed.bin"), signature.toArray());
      Bytes root = SharedLab.AUTHORITY.rootDer();
      Files.writeString(directory.resolve("issuer.pem"), Pem.of(root));
      String point =
          "Q = (int('"
              + walk.step("key").value().replace("x = ", "").replace("\ny = ", "', 0), int('")
              + "', 0))";
      String script = walk.script().replace(walk.step("key").python(), point);
      assertThat(TestPython.run(directory, script)).containsOnly("True").hasSize(3);
    }
  }

  /** RFC 8017 §8.1.2, step 1, asks for k octets; the library reads the number only. */
  @Test
  void aSignatureWithoutItsLeadingZeroIsRefusedAndTheLibrarysOtherVerdictIsNamed()
      throws Exception {
    KeyPair pair = key("RSA");
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    Signature signer = Signature.getInstance("SHA256withRSAandMGF1", BOUNCY);
    Bytes signature = Bytes.utf8("not yet");
    for (int i = 0; i < 10_000 && signature.u8(0) != 0; i++) {
      signer.initSign(pair.getPrivate());
      signer.update(MESSAGE.toArray());
      signature = Bytes.wrap(signer.sign());
    }
    assertThat(signature.u8(0)).as("the first octet, after many salts").isZero();
    SignatureWalk walk = SignedMessage.walk(MESSAGE, signature, 0x0804, key, "CN=a", "what");
    assertThat(walk.valid()).isTrue();
    Bytes cut = signature.from(1);
    SignatureWalk bad = SignedMessage.walk(MESSAGE, cut, 0x0804, key, "CN=a", "what");
    assertThat(bad.valid()).isFalse();
    assertThat(bad.step("length").ok()).isFalse();
    assertThat(bad.step("equal").ok()).isTrue();
    assertThat(bad.step("library").value()).contains("not what the steps above say");
  }

  @Test
  void whatIsNotKnownFailsWithAReason() {
    SignatureWalk scheme = SignedMessage.walk(MESSAGE, MESSAGE, 0xfefe, MESSAGE, "CN=a", "what");
    assertThat(scheme.step("equal").value()).contains("0xfefe");
    SignatureWalk key = SignedMessage.walk(MESSAGE, MESSAGE, 0x0401, MESSAGE, "CN=a", "what");
    assertThat(key.valid()).isFalse();
  }

  private static KeyPair key(String kind) throws Exception {
    KeyPairGenerator generator =
        kind.equals("RSA")
            ? KeyPairGenerator.getInstance(kind)
            : KeyPairGenerator.getInstance(kind, BOUNCY);
    if (kind.equals("EC")) {
      generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
    } else if (kind.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }
}
