package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.table.ShownChain;
import io.handshakelab.table.TableFormat;
import io.handshakelab.table.TableHtml;
import io.handshakelab.table.Tables;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the sizes are: an answer within two seconds of the processor's time, no exception, and
 * nothing unescaped in what is shown.
 */
class AbsurdCertificatesTest {
  private static final long LIMIT_NANOS = 2_000_000_000L;
  private static final Random RANDOM = new Random(5);

  @ParameterizedTest
  @CsvSource({"16000, 17", "16384, 64", "3072, 3000", "200000, 17"})
  void manyCertificatesWithLargeRsaKeysEnd(int bits, int exponentBits) throws Exception {
    BigInteger n = odd(bits);
    RSAPublicKey key = new RSAPublicKey(n, odd(exponentBits));
    AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
    manyEnd(new SubjectPublicKeyInfo(rsa, key), "1.2.840.113549.1.1.11", bits / 8);
  }

  @ParameterizedTest
  @CsvSource({"10000, 256", "200000, 160"})
  void manyCertificatesWithLargeDsaKeysEnd(int bits, int orderBits) throws Exception {
    BigInteger p = odd(bits);
    BigInteger q = odd(orderBits);
    DSAParameter group = new DSAParameter(p, q, BigInteger.TWO);
    AlgorithmIdentifier dsa = new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, group);
    ASN1Integer y = new ASN1Integer(p.subtract(BigInteger.TWO));
    manyEnd(new SubjectPublicKeyInfo(dsa, y), "2.16.840.1.101.3.4.3.2", 40);
  }

  @Test
  void manyCertificatesOnALargeCurveEnd() throws Exception {
    KeyPair key = TestCertificates.ec("secp521r1");
    manyEnd(
        SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()), "1.2.840.10045.4.3.4", 0);
  }

  /** Authorities that could all have issued each other: the search has its limits. */
  private static void manyEnd(SubjectPublicKeyInfo key, String algorithm, int length)
      throws Exception {
    List<Bytes> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String subject = "CN=a" + i % 50;
      String issuer = "CN=a" + (i + 1) % 50;
      all.add(sign(subject, issuer, i, key, new Garbage(algorithm, length)));
    }
    long start = cpu();
    CertificateChain chain = CertificateChain.of(all, TrustStore.of(all.subList(49, 50)));
    chain.walks().forEach(SignatureWalk::valid);
    PathVerdict verdict = PathVerdict.of(chain, "a.test", Instant.now());
    assertThat(cpu() - start).as("nanoseconds").isLessThan(LIMIT_NANOS);
    assertThat(verdict.valid()).isFalse();
    assertThat(chain.entries().size()).isGreaterThan(10);
  }

  @Test
  void largeNamesOfHostileCharactersAreShownEscapedInTime() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    String evil = "<script>alert(1)</script>$x$\u202egnp\u0007\u001b[31m\n<b>";
    List<Bytes> all = new ArrayList<>();
    for (String text :
        List.of(evil, "\u202e".repeat(1 << 15), evil.repeat(1500), "\u0000".repeat(1 << 16))) {
      X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, text).build();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              BigInteger.valueOf(-1),
              Date.from(TestCertificates.START),
              Date.from(Instant.parse("2999-01-01T00:00:00Z")),
              name,
              SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      all.add(TestCertificates.sign(builder, TestCertificates.signer(key)));
    }
    TableHtml.of(Tables.chain(List.of())); // the first table is slow whatever it holds
    long start = cpu();
    for (Bytes one : all) {
      CertificateChain chain = CertificateChain.of(List.of(one), TrustStore.of(List.of(one)));
      PathVerdict verdict = PathVerdict.of(chain, "a.test", Instant.now());
      StringBuilder shown = new StringBuilder();
      shown.append(TableHtml.of(Tables.chain(List.of(new ShownChain(null, chain)))));
      shown.append(TableHtml.of(Tables.verify(chain.walks())));
      String text = TableFormat.text(Tables.chain(List.of(new ShownChain(null, chain))), 160, 10);
      assertThat(shown.toString() + text).doesNotContain("\u202e").doesNotContain("\u001b");
      assertThat(shown).doesNotContain("<script").doesNotContain("$x$").doesNotContain("\u0007");
      assertThat(verdict.sentence("a.test")).doesNotContain("\u202e").doesNotContain("\n");
      assertThat(chain.walks().get(0).valid()).isTrue();
      assertThat(chain.entries().get(0).serial()).isEqualTo("-01");
    }
    assertThat(cpu() - start).as("nanoseconds").isLessThan(LIMIT_NANOS);
  }

  @Test
  void curvesThatAKeyBringsWithItAreNotBelieved() throws Exception {
    // CVE-2020-0601: a generator that the forger chose, so that the key is somebody else's.
    org.bouncycastle.asn1.x9.X9ECParameters curve =
        org.bouncycastle.asn1.x9.ECNamedCurveTable.getByName("secp256r1");
    SubjectPublicKeyInfo key =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
            curve.getG().getEncoded(false));
    Bytes root = sign("CN=a", "CN=a", 1, key, new Garbage("1.2.840.10045.4.3.2", 0));
    CertificateChain chain = CertificateChain.of(List.of(root), TrustStore.of(List.of(root)));
    assertThat(chain.walks().get(0).step("equal").value()).contains("RFC 5480 §2.1.1");
    assertThat(PathVerdict.of(chain, null, Instant.now()).valid()).isFalse();
  }

  private static BigInteger odd(int bits) {
    return new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(0);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Bytes sign(
      String subject, String issuer, int serial, SubjectPublicKeyInfo key, ContentSigner signer)
      throws Exception {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(serial),
            Date.from(TestCertificates.START),
            Date.from(TestCertificates.END),
            new X500Name(subject),
            key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return TestCertificates.sign(builder, signer);
  }

  /** A signature of the right form that nobody has made. */
  private static final class Garbage implements ContentSigner {
    private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    private final String algorithm;
    private final int length;

    Garbage(String algorithm, int length) {
      this.algorithm = algorithm;
      this.length = length;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      ASN1Encodable none = DERNull.INSTANCE;
      return new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm), none);
    }

    @Override
    public java.io.OutputStream getOutputStream() {
      return out;
    }

    @Override
    public byte[] getSignature() {
      if (length > 100) {
        byte[] number = new byte[length];
        RANDOM.nextBytes(number);
        number[0] = 1;
        return number;
      }
      try {
        ASN1Integer one = new ASN1Integer(new BigInteger(150, RANDOM).setBit(149));
        return new org.bouncycastle.asn1.DERSequence(new ASN1Integer[] {one, one}).getEncoded();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
