package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Openssl;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are written down as they must not be. */
@Timeout(30)
class OddKeysTest {
  private static final Instant AT = TestCertificates.START.plus(Duration.ofDays(9));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "brainpoolP384r1", "sect571r1"})
  void aCurveThatOpensslWritesOutIsRefusedInOneLine(String curve) throws Exception {
    String[] make =
        ("req -x509 -nodes -newkey ec -keyout x.key -out x.pem -days 9 -subj /CN=www.lab.test"
                + " -pkeyopt ec_param_enc:explicit -pkeyopt ec_paramgen_curve:"
                + curve)
            .split(" ");
    Openssl.Result made = Openssl.run(folder, make);
    assertThat(made.status()).as(made.output()).isZero();
    Bytes der = PemFile.read(folder.resolve("x.pem")).get(0);

    long start = System.nanoTime();
    CertificateChain chain = CertificateChain.of(List.of(der), TrustStore.of(List.of(der)));
    PathVerdict verdict = PathVerdict.of(chain, "www.lab.test", Instant.now());
    List<SignatureWalk> walks = chain.walks();
    CaTree.of(List.of(der));
    CertificateDetails.of(der);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

    assertThat(verdict.checks()).hasSize(1);
    assertThat(verdict.checks().get(0).ok()).isFalse();
    assertThat(verdict.checks().get(0).reason())
        .contains("written out instead of named, which RFC 5480 §2.1.1 forbids")
        .doesNotContain("\n");
    assertThat(walks).allSatisfy(walk -> assertThat(walk.valid()).isFalse());
    assertThat(walks.toString()).contains("written out instead of named");
    assertThat(chain.entries().get(0).key()).isEqualTo("EC with explicit parameters");
  }

  /**
   * The forgery of CVE-2020-0601: on a curve with another generator the forger knows the private
   * key that belongs to a real root's public one.
   */
  @Test
  void aRootsKeyOnACurveOfTheForgersOwnIsNoKey() throws Exception {
    KeyPair real = TestCertificates.ec("secp256r1");
    Bytes root = TestCertificates.authority("CN=root", real.getPublic(), "CN=root", real);
    X9ECParameters named = ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
    SubjectPublicKeyInfo realKey = SubjectPublicKeyInfo.getInstance(real.getPublic().getEncoded());
    ECPoint q = named.getCurve().decodePoint(realKey.getPublicKeyData().getOctets());
    BigInteger secret = BigInteger.valueOf(0x5eed);
    ECPoint generator = q.multiply(secret.modInverse(named.getN())).normalize();
    X9ECParameters own =
        new X9ECParameters(
            named.getCurve(), new X9ECPoint(generator, false), named.getN(), named.getH());
    SubjectPublicKeyInfo forgedKey =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, own), q.getEncoded(false));
    ECPrivateKeyParameters forger =
        new ECPrivateKeyParameters(
            secret,
            new ECDomainParameters(named.getCurve(), generator, named.getN(), named.getH()));
    Bytes forgedRoot = signed("CN=root", forgedKey, forger, true);
    PublicKey any = TestCertificates.ec("secp256r1").getPublic();
    Bytes leaf =
        signed("CN=a.test", SubjectPublicKeyInfo.getInstance(any.getEncoded()), forger, false);

    for (List<Bytes> sent : List.of(List.of(leaf, forgedRoot), List.of(leaf))) {
      CertificateChain chain = CertificateChain.of(sent, TrustStore.of(List.of(root)));
      assertThat(PathVerdict.of(chain, null, AT).valid()).isFalse();
      assertThat(chain.walks().get(0).valid()).isFalse();
    }
    // The forger's arithmetic is right: it is the curve that must not be taken.
    assertThat(SignatureWalk.of(leaf, forgedRoot, 0).toString()).contains("written out");
  }

  private static Bytes signed(
      String name, SubjectPublicKeyInfo key, ECPrivateKeyParameters signer, boolean authority)
      throws Exception {
    X509v3CertificateBuilder builder = builder(name, key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    AlgorithmIdentifier algorithm =
        new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
    return TestCertificates.sign(
        builder, new BcECContentSignerBuilder(algorithm, digest).build(signer));
  }

  private static X509v3CertificateBuilder builder(String name, SubjectPublicKeyInfo key) {
    return new X509v3CertificateBuilder(
        new X500Name("CN=root"),
        BigInteger.TEN,
        Date.from(TestCertificates.START),
        Date.from(TestCertificates.END),
        new X500Name(name),
        key);
  }

  static Stream<AlgorithmIdentifier> kinds() {
    return Stream.<ASN1ObjectIdentifier>of(
            EdECObjectIdentifiers.id_Ed25519,
            EdECObjectIdentifiers.id_Ed448,
            NISTObjectIdentifiers.id_ml_dsa_44)
        .map(AlgorithmIdentifier::new);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bitsThatAreNoOctetsAreNoKey(AlgorithmIdentifier kind) throws Exception {
    SubjectPublicKeyInfo odd =
        SubjectPublicKeyInfo.getInstance(
            new DERSequence(new ASN1Encodable[] {kind, new DERBitString(new byte[57], 4)}));
    KeyPair signer = TestCertificates.ec("secp256r1");
    Bytes issuer = TestCertificates.sign(builder("CN=root", odd), TestCertificates.signer(signer));
    Bytes leaf = TestCertificates.sign(builder("CN=a.test", odd), TestCertificates.signer(signer));
    CertificateChain chain = CertificateChain.of(List.of(leaf, issuer), TrustStore.empty());
    assertThat(PathVerdict.of(chain, "a.test", AT).valid()).isFalse();
    assertThat(chain.walks()).allSatisfy(walk -> assertThat(walk.valid()).isFalse());
    assertThat(CertificateDetails.of(issuer).toString()).contains("key, as it stands");
    CaTree.of(List.of(leaf, issuer));
  }
}
