package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Openssl;
import io.handshakelab.x509.PathCheck.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that only look at extensions, and the sentence at the end. */
class VerdictChecksTest {
  private static final Instant AT = TestCertificates.START.plusSeconds(10_000_000);
  private static KeyPair root;
  private static KeyPair middle;
  private static KeyPair end;
  private static Bytes rootDer;

  @TempDir Path directory;

  @BeforeAll
  static void makeKeys() throws Exception {
    root = TestCertificates.ec("secp256r1");
    middle = TestCertificates.ec("secp256r1");
    end = TestCertificates.ec("secp256r1");
    rootDer = TestCertificates.authority("CN=root", root.getPublic(), "CN=root", root);
  }

  @Test
  void namesBelowAnAuthorityMustBeWithinItsConstraints() throws Exception {
    Bytes permitting = constrained(tree("lab.test"), null);
    Bytes excluding = constrained(null, tree("evil.test"));
    for (boolean evil : new boolean[] {false, true}) {
      String host = evil ? "www.evil.test" : "www.lab.test";
      Bytes leaf = leaf(host);
      for (Bytes authority : List.of(permitting, excluding)) {
        PathVerdict verdict = verdict(List.of(leaf, authority), host);
        assertThat(verdict.valid()).isEqualTo(!evil);
        PathCheck check = check(verdict, Kind.NAME_CONSTRAINTS);
        assertThat(check.ok()).isEqualTo(!evil);
        assertThat(check.subject()).isEqualTo("CN=middle");
        assertThat(check.reason()).contains(evil ? "may not certify CN=www.evil.test" : "within");
        assertThat(openssl(leaf, authority)).isEqualTo(!evil);
        if (evil) {
          assertThat(verdict.sentence(host)).contains("ERR_CERT_NAME_CONSTRAINT_VIOLATION");
        }
      }
    }
    assertThat(check(verdict(List.of(leaf("a.test"), plain()), "a.test"), Kind.NAME_CONSTRAINTS))
        .satisfies(check -> assertThat(check.ok()).isTrue());
  }

  @Test
  void thousandsOfConstraintsEndInGoodTime() throws Exception {
    List<GeneralSubtree> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      many.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, "n" + i + ".test")));
    }
    Bytes authority = constrained(many.toArray(new GeneralSubtree[0]), null);
    long start = cpuNanos();
    PathVerdict verdict = verdict(List.of(leaf("a.test"), authority), "a.test");
    assertThat(cpuNanos() - start).isLessThan(2_000_000_000L);
    assertThat(check(verdict, Kind.NAME_CONSTRAINTS).reason()).contains("too many");
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void policiesAreToldInWords() throws Exception {
    X509v3CertificateBuilder builder = builder("a.test");
    PolicyInformation[] policies = {
      new PolicyInformation(new ASN1ObjectIdentifier("2.23.140.1.2.1")),
      new PolicyInformation(new ASN1ObjectIdentifier("1.2.3.4"))
    };
    builder.addExtension(Extension.certificatePolicies, false, new CertificatePolicies(policies));
    PathVerdict verdict = verdict(List.of(sign(builder), plain()), "a.test");
    assertThat(check(verdict, Kind.POLICY).reason())
        .isEqualTo("domain validated: somebody had control of the name (2.23.140.1.2.1), 1.2.3.4");
    assertThat(verdict.valid()).isTrue();
  }

  @Test
  void timestampsAreVerifiedWhereTheLogIsKnown() throws Exception {
    KeyPair log = TestCertificates.ec("secp256r1");
    Bytes good = withTimestamp(log, TestCertificates.START, false);
    Bytes bad = withTimestamp(log, TestCertificates.START, true);
    Bytes future = withTimestamp(log, TestCertificates.END, false);
    String base64 = Base64.getEncoder().encodeToString(log.getPublic().getEncoded());
    Path json =
        Files.writeString(directory.resolve("log_list.json"), "{\"key\": \"" + base64 + "\"}");
    CtLogs logs = CtLogs.read(json);

    assertThat(transparency(good, CtLogs.NONE).reason())
        .startsWith("1 timestamp: 0 verified, 1 of logs whose key is not known here: the log ")
        .endsWith(" at 2026-01-01T00:00:00Z in the certificate");
    assertThat(transparency(good, logs).reason())
        .startsWith("1 timestamp: 1 verified, 0 of logs whose key is not known here: the log ")
        .endsWith(" in the certificate (verified)");
    assertThat(transparency(bad, logs).reason()).contains("has not signed");
    assertThat(transparency(bad, logs).ok()).isFalse();
    assertThat(transparency(future, logs).reason()).contains("of the future");
    assertThat(transparency(leaf("a.test"), logs).reason()).contains("no signed certificate");

    // The other two forms of a list of logs; and openssl reads the same log and moment.
    Path pem =
        Files.writeString(
            directory.resolve("log.pem"),
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(log.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
    assertThat(transparency(good, CtLogs.read(pem)).reason()).contains("1 verified");
    Files.write(directory.resolve("good.der"), good.toArray());
    Openssl.Result text =
        Openssl.run(
            directory, "x509 -inform DER -in good.der -noout -ext ct_precert_scts".split(" "));
    assertThat(text.output()).contains("Timestamp : Jan  1 00:00:00.000 2026 GMT");
  }

  @Test
  void theOrderIsRemarkedOnAndAnOmissionFails() throws Exception {
    Bytes leaf = leaf("a.test");
    PathVerdict wrong = verdict(List.of(plain(), leaf), "a.test");
    assertThat(wrong.valid()).isTrue();
    assertThat(check(wrong, Kind.SENT).reason()).contains("but sent in the wrong order");
    PathVerdict missing = verdict(List.of(leaf), "a.test");
    assertThat(check(missing, Kind.SENT).ok()).isFalse();
    assertThat(check(missing, Kind.SENT).reason()).contains("is missing: CN=middle");
    assertThat(missing.sentence("a.test")).contains("ERR_CERT_AUTHORITY_INVALID");
    PathVerdict right = verdict(List.of(leaf, plain()), "a.test");
    assertThat(check(right, Kind.SENT).reason()).startsWith("from the end user upwards");
    assertThat(right.sentence("a.test")).contains("would show the page of a.test");
    assertThat(right.sentence(null)).contains("if the host's name");
    CertificateChain chain = chain(List.of(leaf, plain()));
    assertThat(PathVerdict.of(chain, "b.test", AT).sentence("b.test"))
        .contains("ERR_CERT_COMMON_NAME_INVALID");
    assertThat(PathVerdict.of(chain, "a.test", Instant.EPOCH).sentence("a.test"))
        .contains("ERR_CERT_DATE_INVALID");
  }

  @Test
  void anIssuerFromElsewhereCompletesTheChainAndWasNotSent() throws Exception {
    TrustStore trust = TrustStore.of(List.of(rootDer));
    CertificateChain chain =
        CertificateChain.of(List.of(leaf("a.test")), List.of(plain(), Bytes.utf8("x")), trust);
    assertThat(chain.entries().stream().map(ChainEntry::sent)).containsExactly(true, false, false);
    assertThat(chain.findings()).hasSize(1);
    assertThat(PathVerdict.of(chain, "a.test", AT).valid()).isTrue();
  }

  @Test
  void everyCertificateOfABundleWhoseIssuerIsKnownIsWalked() throws Exception {
    Bytes other = TestCertificates.authority("CN=other", end.getPublic(), "CN=other", end);
    CertificateChain chain =
        chain(List.of(leaf("b.test"), leaf("a.test"), plain(), other, rootDer));
    assertThat(chain.entries()).hasSize(3);
    assertThat(chain.walks().stream().map(SignatureWalk::link))
        .containsExactly("0", "1", "2", "3", "4");
    assertThat(chain.walks()).allMatch(SignatureWalk::valid);
  }

  @Test
  void theRootsOfTheSystemAreRead() {
    assertThat(TrustStore.system().roots().size()).isGreaterThan(50);
  }

  private static PathCheck transparency(Bytes leaf, CtLogs logs) throws Exception {
    PathVerdict verdict =
        PathVerdict.of(chain(List.of(leaf, plain())), "a.test", AT, RevocationEvidence.NONE, logs);
    return check(verdict, Kind.TRANSPARENCY);
  }

  /** RFC 6962 §3.2, written anew: the log signs the certificate as it is without the timestamp. */
  private static Bytes withTimestamp(KeyPair log, Instant when, boolean broken) throws Exception {
    Bytes without = leaf("a.test");
    byte[] tbs = Der.parse(without).tbs().toArray();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0);
    out.writeLong(when.toEpochMilli());
    out.writeShort(1);
    out.write(sha256.digest(middle.getPublic().getEncoded()));
    out.writeByte(tbs.length >> 16);
    out.writeShort(tbs.length);
    out.write(tbs);
    out.writeShort(broken ? 1 : 0);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(log.getPrivate());
    signer.update(bytes.toByteArray());
    byte[] signature = signer.sign();
    ByteArrayOutputStream sct = new ByteArrayOutputStream();
    DataOutputStream list = new DataOutputStream(sct);
    int length = 1 + 32 + 8 + 2 + 4 + signature.length;
    list.writeShort(length + 2);
    list.writeShort(length);
    list.writeByte(0);
    list.write(sha256.digest(log.getPublic().getEncoded()));
    list.writeLong(when.toEpochMilli());
    list.writeShort(0);
    list.writeShort(0x0403);
    list.writeShort(signature.length);
    list.write(signature);
    X509v3CertificateBuilder builder = builder("a.test");
    ASN1Encodable inner = new DEROctetString(sct.toByteArray());
    builder.addExtension(new ASN1ObjectIdentifier(SctList.OID), false, inner);
    return sign(builder);
  }

  private static X509v3CertificateBuilder builder(String host) throws Exception {
    X509v3CertificateBuilder builder =
        TestCertificates.builder("CN=" + host, end.getPublic(), "CN=middle", BigInteger.TEN);
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, host));
    builder.addExtension(Extension.subjectAlternativeName, false, names);
    return builder;
  }

  private static Bytes sign(X509v3CertificateBuilder builder) throws Exception {
    return TestCertificates.sign(builder, TestCertificates.signer(middle));
  }

  private static Bytes leaf(String host) throws Exception {
    return sign(builder(host));
  }

  private static Bytes plain() throws Exception {
    return TestCertificates.authority("CN=middle", middle.getPublic(), "CN=root", root);
  }

  private static Bytes constrained(
      GeneralSubtree @Nullable [] permitted, GeneralSubtree @Nullable [] excluded)
      throws Exception {
    X509v3CertificateBuilder builder =
        TestCertificates.builder("CN=middle", middle.getPublic(), "CN=root", BigInteger.TWO);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(Extension.nameConstraints, true, new NameConstraints(permitted, excluded));
    return TestCertificates.sign(builder, TestCertificates.signer(root));
  }

  private static GeneralSubtree[] tree(String name) {
    return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, name))};
  }

  private static CertificateChain chain(List<Bytes> sent) {
    return CertificateChain.of(sent, TrustStore.of(List.of(rootDer)));
  }

  private static PathVerdict verdict(List<Bytes> sent, String host) {
    return PathVerdict.of(chain(sent), host, AT);
  }

  private static PathCheck check(PathVerdict verdict, Kind kind) {
    return verdict.checks().stream().filter(c -> c.kind() == kind).findFirst().orElseThrow();
  }

  private boolean openssl(Bytes leaf, Bytes authority) throws Exception {
    Files.writeString(directory.resolve("root.pem"), Pem.of(rootDer));
    Files.writeString(directory.resolve("middle.pem"), Pem.of(authority));
    Files.writeString(directory.resolve("leaf.pem"), Pem.of(leaf));
    String command =
        "verify -attime "
            + AT.getEpochSecond()
            + " -CAfile root.pem -untrusted middle.pem leaf.pem";
    return Openssl.run(directory, command.split(" ")).status() == 0;
  }
}
