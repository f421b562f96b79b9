package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each family's walk on a certificate that Bouncy Castle has signed: it must agree with the
 * library, and with the Python script that its own lines make, value by value.
 */
class OpenedSignaturesTest {
  private static final Provider BOUNCY = new BouncyCastleProvider();
  private static final Map<String, KeyPair> KEYS = new HashMap<>();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA1withRSA, digest",
    "RSA, 2048, SHA224withRSA, digest",
    "RSA, 2048, SHA384withRSA, digest",
    "RSA, 2048, SHA512withRSA, digest",
    "RSA, 2048, SHA256withRSAandMGF1, em mask db salt digest H2",
    "RSA, 2049, SHA512withRSAandMGF1, em mask db salt digest H2",
    "RSA, 2056, SHA1withRSAandMGF1, em mask db salt digest H2",
    "EC, secp256r1, SHA256withECDSA, digest z w u1 u2 R_",
    "EC, secp256r1, SHA512withECDSA, digest z w u1 u2 R_",
    "EC, secp384r1, SHA384withECDSA, digest z w u1 u2 R_",
    "EC, secp521r1, SHA512withECDSA, digest z w u1 u2 R_",
    "EC, secp521r1, SHA224withECDSA, digest z w u1 u2 R_",
    "EC, brainpoolP256r1, SHA256withECDSA, digest z w u1 u2 R_",
    "EC, brainpoolP384r1, SHA384withECDSA, digest z w u1 u2 R_",
    "EC, brainpoolP512r1, SHA512withECDSA, digest z w u1 u2 R_",
    "Ed25519, '', Ed25519, A R k left right",
    "Ed448, '', Ed448, A R k left right",
    "DSA, 2048, SHA256withDSA, digest z w u1 u2 v",
  })
  void theLibraryAndPythonComeToTheSameValues(
      String kind, String size, String algorithm, String variables) throws Exception {
    KeyPair key = key(kind, size);
    Bytes root = root(key, algorithm);
    SignatureWalk walk = SignatureWalk.of(root, root, 0);
    assertThat(walk.steps().stream().filter(step -> Boolean.FALSE.equals(step.ok())))
        .extracting(SignatureStep::name, SignatureStep::value)
        .isEmpty();
    assertThat(walk.step("equal").value()).isEqualTo("True");
    assertThat(walk.step("library").value()).startsWith("True: ").doesNotContain("not what");

    byte[] broken = root.toArray();
    broken[broken.length - 1] ^= 1;
    SignatureWalk wrong = SignatureWalk.of(Bytes.wrap(broken), root, 0);
    assertThat(wrong.valid()).isFalse();
    assertThat(wrong.step("library").value()).startsWith("False: ").doesNotContain("not what");
    broken = root.toArray();
    broken[40] ^= 1;
    assertThat(SignatureWalk.of(Bytes.wrap(broken), root, 0).valid()).isFalse();

    python(walk, root, variables);
  }

  private void python(SignatureWalk walk, Bytes root, String variables) throws Exception {
    Files.writeString(directory.resolve("issuer.pem"), Pem.of(root));
    Files.writeString(directory.resolve("subject.pem"), Pem.of(root));
    List<String> expected = new ArrayList<>();
    // Python's library refuses SHA-1, our own reading only says that it is weak.
    String whole =
        walk.script().contains("hashlib.sha1")
            ? walk.script().replace(SignatureScript.LIBRARY, "print(True)")
            : walk.script();
    StringBuilder script = new StringBuilder(whole);
    for (SignatureStep step : walk.steps()) {
      if (step.ok() != null && step.python().contains("print(")) {
        expected.add("True");
      }
    }
    if (walk.steps().get(walk.steps().size() - 1).name().equals("strength")) {
      expected.add("sha1");
    }
    script.append(
        """
        def shown(v):
            if isinstance(v, tuple): return "x = " + hex(v[0]) + " y = " + hex(v[1])
            return v.hex() if isinstance(v, bytes) else v if isinstance(v, str) else hex(v)
        """);
    for (String variable : List.of(variables.split(" "))) {
      script.append("print(shown(").append(variable.replace("_", "")).append("))\n");
      expected.add(walk.step(named(variable)).value().replace('\n', ' '));
    }
    assertThat(TestPython.run(directory, script.toString())).isEqualTo(expected);
  }

  private static String named(String variable) {
    return switch (variable) {
      case "digest" -> "hash";
      case "w" -> "inverse";
      case "em" -> "encoded";
      case "H2" -> "hash2";
      case "R_" -> "point";
      default -> variable;
    };
  }

  @Test
  void aModulusTooShortForItsDigestIsRefused() throws Exception {
    KeyPair key = key("RSA", "512");
    Bytes root = root(key, "SHA256withRSA");
    assertThat(SignatureWalk.of(root, root, 0).step("strict").ok()).isTrue();
    Signed short512 = signed(root, "1.2.840.113549.1.1.13");
    SignatureWalk walk = SignatureWalk.of(short512, SignatureMethod.STRICT);
    assertThat(walk.step("encoded").value()).isEqualTo("n is too short for this digest: 64 octets");
    assertThat(walk.valid()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ML-DSA-44, 2420", "ML-DSA-65, 3309", "ML-DSA-87, 4627"})
  void ofMlDsaThePartsAreShownAndTheLibraryDecides(String algorithm, int length) throws Exception {
    KeyPair key = KeyPairGenerator.getInstance(algorithm, BOUNCY).generateKeyPair();
    Bytes root = root(key, algorithm);
    SignatureWalk walk = SignatureWalk.of(root, root, 0);
    assertThat(walk.steps().stream().map(SignatureStep::name))
        .containsExactly(
            "issuer", "key", "subject", "length", "signature", "norm", "hints", "tbs", "equal");
    assertThat(walk.valid()).isTrue();
    assertThat(walk.step("equal").value()).startsWith("True: ");
    assertThat(walk.step("length").python()).contains(Integer.toString(length));

    byte[] broken = root.toArray();
    broken[broken.length - length + 3] ^= 1;
    SignatureWalk wrong = SignatureWalk.of(Bytes.wrap(broken), root, 0);
    assertThat(wrong.step("norm").ok()).isTrue();
    assertThat(wrong.step("equal").value()).startsWith("False: ");
    broken[broken.length - 1] = (byte) 0xff;
    assertThat(SignatureWalk.of(Bytes.wrap(broken), root, 0).step("hints").ok()).isFalse();
  }

  @Test
  void aPssKeyIsBoundToItsParameters() throws Exception {
    KeyPair key = key("RSA", "2048");
    Bytes root = root(key, "SHA256withRSAandMGF1");
    ParsedCertificate parsed = ParsedCertificate.parse(root);
    SubjectPublicKeyInfo plain = parsed.publicKey();
    org.bouncycastle.asn1.x509.AlgorithmIdentifier bound =
        new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            new org.bouncycastle.asn1.pkcs.RSASSAPSSparams()); // SHA-1
    Signed signed = Signed.of(parsed, parsed);
    assertThat(SignatureWalk.of(signed, SignatureMethod.BOTH).valid()).isTrue();
    Signed other =
        new Signed(
            "a",
            "a",
            new SubjectPublicKeyInfo(bound, plain.parsePublicKey()),
            signed.algorithm(),
            signed.message(),
            signed.signature());
    SignatureWalk walk = SignatureWalk.of(other, SignatureMethod.BOTH);
    assertThat(walk.valid()).isFalse();
    assertThat(walk.step("equal").value()).contains("it is only for SHA-1");
    Signed same =
        new Signed(
            "a",
            "a",
            new SubjectPublicKeyInfo(signed.algorithm(), plain.parsePublicKey()),
            signed.algorithm(),
            signed.message(),
            signed.signature());
    assertThat(SignatureWalk.of(same, SignatureMethod.BOTH).valid()).isTrue();
  }

  @Test
  void aKeyOfAnotherKindIsNamed() throws Exception {
    Bytes ec = root(key("EC", "secp256r1"), "SHA256withECDSA");
    Bytes rsa = root(key("RSA", "2048"), "SHA256withRSA");
    Bytes ed = root(key("Ed25519", ""), "Ed25519");
    for (Bytes subject : List.of(ec, rsa, ed)) {
      for (Bytes issuer : List.of(ec, rsa, ed)) {
        SignatureWalk walk = SignatureWalk.of(subject, issuer, 0);
        assertThat(walk.valid()).isEqualTo(subject.equals(issuer));
        if (!subject.equals(issuer)) {
          assertThat(walk.step("equal").value())
              .startsWith("False: the issuer's key cannot be used");
          assertThat(walk.step("library").value()).doesNotContain("not what");
        }
      }
    }
  }

  private static Signed signed(Bytes root, String algorithm) throws Exception {
    ParsedCertificate parsed = ParsedCertificate.parse(root);
    Signed whole = Signed.of(parsed, parsed);
    return new Signed(
        "a",
        "a",
        whole.key(),
        new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
            new org.bouncycastle.asn1.ASN1ObjectIdentifier(algorithm)),
        whole.message(),
        whole.signature());
  }

  /** Those of RSA and DSA are made once: that takes a while. */
  private static KeyPair key(String kind, String size) throws Exception {
    if (kind.equals("RSA") || kind.equals("DSA")) {
      KeyPair known = KEYS.get(kind + size);
      if (known == null) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(Integer.parseInt(size));
        known = generator.generateKeyPair();
        KEYS.put(kind + size, known);
      }
      return known;
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, BOUNCY);
    if (kind.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(size));
    }
    return generator.generateKeyPair();
  }

  private static Bytes root(KeyPair key, String algorithm) throws Exception {
    ContentSigner signer =
        new JcaContentSignerBuilder(algorithm.toUpperCase(Locale.ROOT))
            .setProvider(BOUNCY)
            .build(key.getPrivate());
    return TestCertificates.sign(
        TestCertificates.builder("CN=a", key.getPublic(), "CN=a", BigInteger.ONE), signer);
  }
}
