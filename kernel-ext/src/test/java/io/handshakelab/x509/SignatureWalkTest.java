package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import io.handshakelab.lab.Openssl;
import io.handshakelab.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureWalkTest {
  private static List<Bytes> chain;

  @TempDir Path directory;

  @BeforeAll
  static void makeIt() {
    chain = SharedLab.AUTHORITY.chainDer();
  }

  @Test
  void theStepsOfALinkAreThoseOfTheScript() {
    SignatureWalk walk = SignatureWalk.of(chain.get(0), chain.get(1), 0);

    assertThat(walk.steps().stream().map(SignatureStep::name))
        .containsExactly(
            "issuer",
            "key",
            "subject",
            "signature",
            "power",
            "hex",
            "split",
            "tbs",
            "hash",
            "equal",
            "length",
            "encoded",
            "strict",
            "library");
    assertThat(walk.steps().stream().map(SignatureStep::number))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    assertThat(walk.script())
        .isEqualTo(
            """
            from cryptography import x509
            import hashlib
            issuer = x509.load_pem_x509_certificate(open("issuer.pem", "rb").read())
            n, e = issuer.public_key().public_numbers().n, issuer.public_key().public_numbers().e
            subject = x509.load_pem_x509_certificate(open("subject.pem", "rb").read())
            signature = int.from_bytes(subject.signature, "big")
            opened = hex(pow(signature, e, n))
            digest = opened.split("3031300d060960864801650304020105000420")[-1]
            print(digest == hashlib.sha256(subject.tbs_certificate_bytes).hexdigest())
            k = (n.bit_length() + 7) // 8; print(len(subject.signature) == k and signature < n)
            encoded = "0x1" + "ff" * (k - 54) + "003031300d060960864801650304020105000420" \
            + hashlib.sha256(subject.tbs_certificate_bytes).hexdigest()
            print(opened == encoded)
            print(subject.verify_directly_issued_by(issuer) is None)
            """);
    assertThat(walk.steps()).allSatisfy(step -> assertThat(walk.script()).contains(step.python()));
    assertThat(walk.link()).isEqualTo("0");
    assertThat(walk.step("issuer").value()).isEqualTo("CN=Handshake Lab Intermediate CA");
    assertThat(walk.step("subject").value()).isEqualTo("CN=www.lab.test");
    assertThat(walk.step("equal").value()).isEqualTo("True");
    assertThat(walk.valid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void opensslComesToTheSameValues(int link) throws Exception {
    Bytes issuer = chain.get(Math.min(link + 1, 2));
    SignatureWalk walk = SignatureWalk.of(chain.get(link), issuer, link);
    Files.write(directory.resolve("subject.der"), chain.get(link).toArray());
    Files.writeString(directory.resolve("issuer.pem"), Pem.of(issuer));

    String modulus = openssl("x509 -in issuer.pem -noout -modulus").strip().replace("Modulus=", "");
    assertThat(walk.step("key").value())
        .isEqualTo("n = " + new BigInteger(modulus, 16) + "\ne = 65537");

    openssl("asn1parse -inform DER -in subject.der -strparse 4 -noout -out tbs.der");
    byte[] tbs = Files.readAllBytes(directory.resolve("tbs.der"));
    assertThat(walk.step("tbs").value()).isEqualTo(Hex.of(tbs));
    assertThat(openssl("dgst -sha256 tbs.der").strip()).endsWith("= " + walk.step("hash").value());

    byte[] signature = new BigInteger(walk.step("signature").value()).toByteArray();
    byte[] padded = new byte[256];
    int length = Math.min(256, signature.length);
    System.arraycopy(signature, signature.length - length, padded, 256 - length, length);
    Files.write(directory.resolve("signature"), padded);
    openssl(
        "pkeyutl -verifyrecover -certin -inkey issuer.pem -in signature -out opened"
            + " -pkeyopt rsa_padding_mode:none");
    BigInteger opened = new BigInteger(1, Files.readAllBytes(directory.resolve("opened")));
    assertThat(walk.step("power").value()).isEqualTo(opened.toString());
    assertThat(walk.step("hex").value()).isEqualTo("0x" + opened.toString(16));
    assertThat(walk.step("split").value())
        .isEqualTo(
            "before: 0x1"
                + "ff".repeat(202)
                + "00\nafter: "
                + walk.step("hash").value()
                + "\npadding: 00 01, 202 bytes ff, 00: as RFC 8017 §9.2 wants it");
    assertThat(walk.valid()).isTrue();
  }

  @Test
  void theWrongIssuerIsFoundOut() {
    SignatureWalk walk = SignatureWalk.of(chain.get(0), chain.get(2), 0);
    assertThat(walk.valid()).isFalse();
    assertThat(walk.step("split").ok()).isFalse();
    assertThat(walk.step("split").value()).contains("the prefix");
    assertThat(walk.step("equal").value()).isEqualTo("False");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA1withRSA, sha1",
    "SHA224withRSA, sha224",
    "SHA384withRSA, sha384",
    "SHA512withRSA, sha512"
  })
  void otherHashFunctionsHaveTheirOwnPrefix(String algorithm, String python) throws Exception {
    KeyPair key = TestCertificates.rsa(2048, 65537);
    Bytes root =
        TestCertificates.sign(
            TestCertificates.builder("CN=a", key.getPublic(), "CN=a", BigInteger.ONE),
            TestCertificates.signer(key, algorithm));
    SignatureWalk walk = SignatureWalk.of(root, root, 0);
    assertThat(walk.valid()).isTrue();
    assertThat(walk.step("hash").python()).startsWith("hashlib." + python + "(");
  }

  /**
   * With exponent 3 anybody can find a number whose cube ends in prefix and digest: the cube root
   * modulo a power of two. Whoever looks only at what follows the prefix is taken in.
   */
  @Test
  void aForgeryThatTheOriginalScriptAcceptsIsRefused() throws Exception {
    KeyPair issuer = TestCertificates.rsa(2048, 3);
    Bytes root = TestCertificates.authority("CN=root", issuer.getPublic(), "CN=root", issuer);
    KeyPair forger = TestCertificates.rsa(1024, 65537);
    Bytes forged = Bytes.EMPTY;
    for (int serial = 1; forged.isEmpty(); serial++) {
      try {
        forged =
            TestCertificates.sign(
                TestCertificates.builder(
                    "CN=forged", forger.getPublic(), "CN=root", BigInteger.valueOf(serial)),
                new Forger());
      } catch (Forger.EvenDigest e) {
        assertThat(serial).isLessThan(100);
      }
    }
    SignatureWalk walk = SignatureWalk.of(forged, root, 0);
    assertThat(((RSAPublicKey) issuer.getPublic()).getPublicExponent().intValue()).isEqualTo(3);
    assertThat(walk.step("equal").ok()).isTrue(); // what the script would print
    assertThat(walk.step("split").ok()).isFalse();
    assertThat(walk.valid()).isFalse();
    assertThat(walk.step("strict").ok()).isFalse();
    assertThat(walk.step("library").value()).startsWith("False").doesNotContain("not what");
    assertThat(SignatureWalk.of(forged, root, 0, SignatureMethod.NAIVE).valid()).isTrue();
    assertThat(SignatureWalk.of(forged, root, 0, SignatureMethod.STRICT).valid()).isFalse();
  }

  @Test
  void theReadingsHaveTheirOwnSteps() {
    SignatureWalk naive = SignatureWalk.of(chain.get(0), chain.get(1), 0, SignatureMethod.NAIVE);
    SignatureWalk strict = SignatureWalk.of(chain.get(0), chain.get(1), 0, SignatureMethod.STRICT);
    assertThat(naive.steps()).hasSize(10);
    assertThat(naive.step("split").ok()).isNull();
    assertThat(naive.step("split").python()).endsWith("[-1][:64]");
    assertThat(strict.steps().stream().map(SignatureStep::name))
        .containsExactly(
            "issuer",
            "key",
            "subject",
            "signature",
            "power",
            "hex",
            "tbs",
            "hash",
            "length",
            "encoded",
            "equal",
            "library");
    assertThat(strict.step("encoded").value()).isEqualTo(strict.step("hex").value());
    assertThat(naive.valid()).isTrue();
    assertThat(strict.valid()).isTrue();
    assertThat(strict.step("encoded").annotated()).endsWith("  # RFC 8017 §9.2");
  }

  @Test
  void aBrokenHashFunctionIsMarkedAndAWeakOneIsNamed() throws Exception {
    KeyPair key = TestCertificates.rsa(2048, 65537);
    for (String algorithm : List.of("MD5withRSA", "SHA1withRSA")) {
      Bytes root =
          TestCertificates.sign(
              TestCertificates.builder("CN=a", key.getPublic(), "CN=a", BigInteger.ONE),
              TestCertificates.signer(key, algorithm));
      SignatureWalk walk = SignatureWalk.of(root, root, 0);
      boolean broken = algorithm.startsWith("MD5");
      assertThat(walk.step("equal").ok()).isTrue();
      assertThat(walk.step("strict").ok()).isTrue();
      assertThat(walk.step("strength").value()).startsWith(broken ? "broken: " : "weak: ");
      assertThat(walk.valid()).isEqualTo(!broken);
    }
  }

  @Test
  void anUnknownStepIsAProblemThatNamesTheSteps() {
    SignatureWalk walk = SignatureWalk.of(chain.get(0), chain.get(1), 0);
    assertThatThrownBy(() -> walk.step("powr"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.advice()).contains("signature, power"));
  }

  @Test
  void bytesThatAreNoCertificateGiveAStepThatFails() {
    Bytes nothing = Bytes.utf8("hello");
    for (SignatureWalk walk :
        List.of(
            SignatureWalk.of(nothing, chain.get(0), 0),
            SignatureWalk.of(chain.get(0), nothing, 0))) {
      assertThat(walk.valid()).isFalse();
      assertThat(walk.steps().get(walk.steps().size() - 1).value().toLowerCase(Locale.ROOT))
          .contains("malformed");
    }
  }

  private String openssl(String arguments) throws Exception {
    Openssl.Result result = Openssl.run(directory, arguments.split(" "));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  /** Signs without a private key. */
  private static final class Forger implements ContentSigner {
    static final class EvenDigest extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    private final ByteArrayOutputStream tbs = new ByteArrayOutputStream();

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(
          new ASN1ObjectIdentifier("1.2.840.113549.1.1.11"), DERNull.INSTANCE);
    }

    @Override
    public OutputStream getOutputStream() {
      return tbs;
    }

    @Override
    public byte[] getSignature() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(tbs.toByteArray());
        BigInteger wanted =
            new BigInteger("3031300d060960864801650304020105000420" + Hex.of(digest), 16);
        if (!wanted.testBit(0)) {
          throw new EvenDigest(); // even numbers may have no cube root
        }
        BigInteger root = BigInteger.ONE;
        for (int bit = 1; bit < 8 * 51; bit++) {
          if (root.pow(3).subtract(wanted).testBit(bit)) {
            root = root.setBit(bit);
          }
        }
        byte[] signature = new byte[256];
        byte[] bytes = root.toByteArray();
        System.arraycopy(bytes, 0, signature, 256 - bytes.length, bytes.length);
        return signature;
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}
