package io.handshakelab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Issued;
import io.handshakelab.lab.LabAuthority;
import io.handshakelab.lab.Openssl;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.CtLogs;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.TrustStore;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs' timestamps that OpenSSL's server shows in a handshake, and in the response it staples. */
@Timeout(120)
class TimestampsTest {
  private static final List<String> VERSIONS = List.of("-tls1_2", "-tls1_3");

  @TempDir static Path directory;
  private static LabAuthority authority;
  private static Analysis analysis;
  private static CtLogs bothLogs;
  private static CtLogs oneLog;
  private static final List<String> HEARD = new ArrayList<>();

  @BeforeAll
  static void talk() throws Exception {
    authority = LabAuthority.create(Clock.systemUTC());
    Issued leaf = authority.leaf();
    KeyPair first = key();
    KeyPair second = key();
    Instant when = Instant.now().minusSeconds(3600);
    try (Recording recording = new Recording(directory, TimestampsTest.class)) {
      Files.writeString(Path.of(recording.path("leaf.pem")), leaf.pem());
      Files.writeString(Path.of(recording.path("root.pem")), Pem.of(authority.rootDer()));
      Path logs = writeLogs(recording.path("both.cnf"), first, second);
      bothLogs = CtLogs.read(logs);
      oneLog = CtLogs.read(writeLogs(recording.path("one.cnf"), first));
      Bytes inHandshake = list(timestamp(first, leaf, when, false));
      Files.writeString(Path.of(recording.path("serverinfo.pem")), serverInfo(inHandshake));
      Files.write(
          Path.of(recording.path("response.der")),
          response(leaf, list(timestamp(second, leaf, when, false))));
      Files.writeString(
          Path.of(recording.path("bad.pem")), serverInfo(list(timestamp(first, leaf, when, true))));
      for (String info : List.of("serverinfo.pem", "bad.pem")) {
        List<String> how =
            List.of(
                "-cert",
                recording.path("leaf.pem"),
                "-key",
                recording.path("leaf.pem"),
                "-cert_chain",
                recording.path("leaf.pem"),
                "-serverinfo",
                recording.path(info),
                "-status_file",
                recording.path("response.der"));
        for (String version : VERSIONS) {
          try (var server = new OpensslServer(recording, how)) {
            List<String> client =
                List.of(
                    "s_client",
                    version,
                    "-connect",
                    server.host() + ":443",
                    "-ct",
                    "-status",
                    "-ctlogfile",
                    logs.toString(),
                    "-CAfile",
                    recording.path("root.pem"),
                    "-keylogfile",
                    recording.keyLog().toString());
            HEARD.add(Openssl.run(directory, client.toArray(new String[0])).output());
          }
        }
      }
    }
    analysis =
        Comparison.of(directory.resolve("recorded.pcap"), directory.resolve("keys.txt")).ours();
  }

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** As OpenSSL wants its list of logs. */
  private static Path writeLogs(String file, KeyPair... logs) throws Exception {
    StringBuilder text = new StringBuilder("enabled_logs = ");
    for (int i = 0; i < logs.length; i++) {
      text.append(i == 0 ? "" : ",").append("log").append(i);
    }
    for (int i = 0; i < logs.length; i++) {
      String key = Base64.getEncoder().encodeToString(logs[i].getPublic().getEncoded());
      text.append("\n[log").append(i).append("]\ndescription = log ").append(i);
      text.append("\nkey = ").append(key).append('\n');
    }
    return Files.writeString(Path.of(file), text);
  }

  /** RFC 6962 §3.2, with the certificate as it is: entry_type x509_entry. */
  private static byte[] timestamp(KeyPair log, Issued leaf, Instant when, boolean broken)
      throws Exception {
    byte[] der = leaf.chain()[0].getEncoded();
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(signed);
    out.writeShort(0);
    out.writeLong(when.toEpochMilli());
    out.writeShort(0);
    out.writeByte(der.length >> 16);
    out.writeShort(der.length);
    out.write(der);
    out.writeShort(0);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(log.getPrivate());
    signer.update(signed.toByteArray());
    byte[] signature = signer.sign();
    ByteArrayOutputStream sct = new ByteArrayOutputStream();
    DataOutputStream all = new DataOutputStream(sct);
    all.writeByte(0);
    all.write(MessageDigest.getInstance("SHA-256").digest(log.getPublic().getEncoded()));
    all.writeLong(when.toEpochMilli() + (broken ? 1 : 0));
    all.writeShort(0);
    all.writeShort(0x0403);
    all.writeShort(signature.length);
    all.write(signature);
    return sct.toByteArray();
  }

  private static Bytes list(byte[] sct) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(sct.length + 2);
    out.writeShort(sct.length);
    out.write(sct);
    return Bytes.wrap(bytes.toByteArray());
  }

  /**
   * One extension in OpenSSL's second format: where it may stand (ClientHello, ServerHello of TLS
   * 1.2, Certificate of TLS 1.3), its number and its length.
   */
  private static String serverInfo(Bytes list) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x80 | 0x100 | 0x1000);
    out.writeShort(18);
    out.writeShort(list.length());
    out.write(list.toArray());
    String label = "SERVERINFOV2 FOR TIMESTAMPS";
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(bytes.toByteArray());
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static byte[] response(Issued leaf, Bytes list) throws Exception {
    X509Certificate above = leaf.chain()[1];
    Member issuer =
        authority.opened().members().stream()
            .filter(member -> member.certificate().equals(above))
            .findFirst()
            .orElseThrow();
    JcaX509CertificateHolder holder = new JcaX509CertificateHolder(above);
    CertificateID about =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            holder,
            leaf.chain()[0].getSerialNumber());
    Extension timestamps =
        new Extension(
            new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.5"),
            false,
            new DEROctetString(list.toArray()).getEncoded());
    Date start = Date.from(Instant.now().minusSeconds(60));
    return new OCSPRespBuilder()
        .build(
            OCSPRespBuilder.SUCCESSFUL,
            new BasicOCSPRespBuilder(new RespID(holder.getSubject()))
                .addResponse(
                    about,
                    CertificateStatus.GOOD,
                    start,
                    Date.from(Instant.now().plusSeconds(86400)),
                    new Extensions(timestamps))
                .build(
                    new JcaContentSignerBuilder("SHA256withRSA")
                        .build(Objects.requireNonNull(issuer.key())),
                    null,
                    start))
        .getEncoded();
  }

  private static PathCheck transparency(int connection, CtLogs logs) {
    CertificateList shown =
        analysis.tls().certificates().stream()
            .filter(list -> list.connection() == connection)
            .findFirst()
            .orElseThrow();
    PathVerdict verdict =
        PathVerdict.of(
            CertificateChain.of(shown.der(), TrustStore.of(List.of(authority.rootDer()))),
            "www.lab.test",
            Instant.now(),
            analysis.revocations().in(connection),
            logs);
    return verdict.checks().stream()
        .filter(check -> check.kind() == PathCheck.Kind.TRANSPARENCY)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void thoseOfBothPlacesAreListedAndVerifiedWhereTheLogIsKnown(int connection) {
    assertThat(HEARD.get(connection))
        .contains("SCTs present (2)")
        .containsPattern("(?s)validation status: valid.*validation status: valid");
    PathCheck all = transparency(connection, bothLogs);
    assertThat(all.ok()).isTrue();
    assertThat(all.reason())
        .startsWith("2 timestamps: 2 verified, 0 of logs whose key is not known here: the log ")
        .contains(" in the handshake (verified), the log ")
        .endsWith(" in the OCSP response (verified)");
    assertThat(transparency(connection, oneLog).reason())
        .startsWith("2 timestamps: 1 verified, 1 of logs")
        .endsWith(" in the OCSP response");
    assertThat(transparency(connection, CtLogs.NONE).reason()).startsWith("2 timestamps: 0 veri");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aTimestampThatTheLogHasNotSignedFails(int connection) {
    assertThat(HEARD.get(connection)).contains("SCT validation status: invalid");
    PathCheck bad = transparency(connection, bothLogs);
    assertThat(bad.ok()).isFalse();
    assertThat(bad.reason()).contains("has not signed its timestamp in the handshake");
    assertThat(transparency(connection, CtLogs.NONE).ok()).isTrue();
  }

  @Test
  void whatAnotherConnectionHasShownDoesNotCount() {
    assertThat(analysis.revocations().timestamps()).hasSize(4);
    assertThat(analysis.revocations().in(0).timestamps()).hasSize(1);
    assertThat(analysis.revocations().in(null).timestamps()).hasSize(4);
  }
}
