package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes are sent: no exception, and an end in good time. */
class HostileCertificateTest {
  private static List<Bytes> lab;
  private static TrustStore trust;

  @BeforeAll
  static void makeIt() {
    lab = SharedLab.AUTHORITY.chainDer();
    trust = TrustStore.of(lab.subList(2, 3));
  }

  @Test
  @Timeout(120)
  void everyPrefixIsAFinding() {
    Bytes leaf = lab.get(0);
    for (int length = 0; length < leaf.length(); length++) {
      CertificateChain chain = readAll(leaf.slice(0, length));
      assertThat(chain.findings()).isNotEmpty();
      assertThat(chain.entries()).isEmpty();
    }
  }

  @Test
  @Timeout(120)
  void noChangedByteOfWhatIsSignedOrOfTheSignatureGoesUnnoticed() throws Exception {
    Random random = new Random(1);
    Bytes leaf = lab.get(0);
    Der whole = Der.parse(leaf);
    int unnoticed = 0;
    for (int at = 0; at < leaf.length(); at++) {
      byte[] changed = leaf.toArray();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      Bytes mutant = Bytes.wrap(changed);
      readAll(mutant);
      if (SignatureWalk.of(mutant, lab.get(1), 0).valid()) {
        Der der = Der.parse(mutant);
        assertThat(der.tbs()).isEqualTo(whole.tbs());
        assertThat(der.signature()).isEqualTo(whole.signature());
        unnoticed++;
      }
      SignatureWalk.of(lab.get(0), mutant, 0);
    }
    // Only the outer signatureAlgorithm, 15 bytes, is not signed.
    assertThat(unnoticed).isLessThanOrEqualTo(15);
  }

  @Test
  @Timeout(120)
  void severalChangesAtOnceNeverThrow() {
    Random random = new Random(2);
    for (int round = 0; round < 1000; round++) {
      byte[] changed = lab.get(random.nextInt(3)).toArray();
      for (int i = random.nextInt(6); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      readAll(Bytes.wrap(changed));
    }
  }

  @Test
  @Timeout(120)
  void deepNestingAndFalseLengthsAreFindings() {
    byte[] nested = new byte[60_000];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    byte[] tooLarge = new byte[ParsedCertificate.MAX_BYTES + 1];
    byte[] deep = deepSequence(20_000);
    for (byte[] bytes : List.of(nested, tooLarge, deep, Hex.parse("3084ffffffff"))) {
      assertThat(readAll(Bytes.wrap(bytes)).findings()).isNotEmpty();
    }
    assertThat(CertificateChain.of(copies(300), trust).findings())
        .anyMatch(finding -> finding.contains("256 are the limit"));
  }

  @Test
  @Timeout(120)
  void namesOfManyKilobytesAreRead() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    X500NameBuilder many = new X500NameBuilder(BCStyle.INSTANCE);
    for (int i = 0; i < 6000; i++) {
      many.addRDN(BCStyle.OU, ",");
    }
    for (X500Name name :
        List.of(
            new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, ",".repeat(1 << 16)).build(),
            many.build())) {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(TestCertificates.START),
              Date.from(TestCertificates.END),
              name,
              SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
      CertificateChain chain =
          readAll(TestCertificates.sign(builder, TestCertificates.signer(key)));
      assertThat(chain.entries()).hasSize(1);
      assertThat(chain.walks().get(0).valid()).isTrue();
    }
  }

  @Test
  @Timeout(120)
  void keysOfAbsurdSizeAreRefusedWithoutComputing() throws Exception {
    Random random = new Random(3);
    BigInteger large = new BigInteger(16_000, random).setBit(15_999).setBit(0);
    BigInteger huge = new BigInteger(200_000, random).setBit(199_999).setBit(0);
    for (RSAPublicKey key :
        List.of(
            new RSAPublicKey(large, BigInteger.valueOf(65537)),
            new RSAPublicKey(large, large.subtract(BigInteger.TWO)),
            new RSAPublicKey(huge, BigInteger.valueOf(3)),
            new RSAPublicKey(BigInteger.TWO, BigInteger.valueOf(3)))) {
      SignatureWalk walk = SignatureWalk.of(lab.get(0), withKey(key), 0);
      assertThat(walk.valid()).isFalse();
    }
    for (long n : new long[] {0, -1}) {
      DERSequence bad = new DERSequence(new ASN1Integer[] {new ASN1Integer(n), new ASN1Integer(n)});
      assertThat(SignatureWalk.of(lab.get(0), withKey(bad), 0).valid()).isFalse();
    }
  }

  @Test
  void strangeSerialsDatesAndNamesAreReadAsTheyAre() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    PublicKey publicKey = key.getPublic();
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.CN, "<b>a\u202egnp\u0000\nx</b> ")
            .build();
    Bytes strange =
        TestCertificates.sign(
            new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(-255),
                Date.from(TestCertificates.START),
                Date.from(Instant.parse("2300-01-01T00:00:00Z")),
                name,
                SubjectPublicKeyInfo.getInstance(publicKey.getEncoded())),
            TestCertificates.signer(key));
    ChainEntry entry = readAll(strange).entries().get(0);
    assertThat(entry.serial()).isEqualTo("-ff");
    assertThat(entry.notAfter()).isEqualTo(Instant.parse("2300-01-01T00:00:00Z"));
    assertThat(entry.subject()).isEqualTo("CN=\\<b\\>a\\E2\\80\\AEgnp\\00\\0Ax\\</b\\>\\ ");
  }

  private static CertificateChain readAll(Bytes bytes) {
    CertificateChain chain = CertificateChain.of(List.of(bytes), trust);
    chain.walks().forEach(SignatureWalk::valid);
    PathVerdict.of(chain, "www.lab.test", Instant.EPOCH);
    CaTree.of(List.of(bytes, lab.get(1)));
    return chain;
  }

  private static List<Bytes> copies(int count) {
    List<Bytes> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(lab.get(0));
    }
    return all;
  }

  private static Bytes withKey(org.bouncycastle.asn1.ASN1Encodable key) throws Exception {
    SubjectPublicKeyInfo info =
        new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), key);
    return TestCertificates.sign(
        new X509v3CertificateBuilder(
            new X500Name("CN=x"),
            BigInteger.ONE,
            Date.from(TestCertificates.START),
            Date.from(TestCertificates.END),
            new X500Name("CN=x"),
            info),
        TestCertificates.signer(TestCertificates.ec("secp256r1")));
  }

  /** SEQUENCEs of definite length, one in another. */
  private static byte[] deepSequence(int depth) {
    byte[] bytes = new byte[depth * 4];
    for (int i = 0; i < depth; i++) {
      int rest = bytes.length - (i + 1) * 4;
      bytes[i * 4] = 0x30;
      bytes[i * 4 + 1] = (byte) 0x82;
      bytes[i * 4 + 2] = (byte) (rest >> 8);
      bytes[i * 4 + 3] = (byte) rest;
    }
    return bytes;
  }
}
