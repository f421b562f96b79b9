package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.lab.ca.KeyKind;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.lab.ca.Order;
import io.handshakelab.lab.ca.Reason;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.RevocationEvidence;
import io.handshakelab.x509.TrustStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is revoked while the lab runs: what it publishes, and what openssl and the verdict say. */
class RevokedByHandTest {
  private static List<java.security.KeyPair> keys = List.of();

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() {
    keys = RsaKeys.several(3, null);
  }

  private static LabAuthority authority() {
    return LabAuthority.create(keys, new java.security.SecureRandom(), Clock.systemUTC());
  }

  private static LabServers lab(LabAuthority authority) {
    return LabServers.builder().authority(authority).tls("any").start();
  }

  private Path write(String name, String pem) throws Exception {
    return Files.writeString(folder.resolve(name), pem);
  }

  private String ocsp(LabServers lab, String issuer, String certificate) throws Exception {
    String url = "http://127.0.0.1:" + lab.httpPort() + "/ocsp";
    Openssl.Result result =
        Openssl.run(
            folder,
            "ocsp",
            "-url",
            url,
            "-issuer",
            issuer,
            "-cert",
            certificate,
            "-CAfile",
            "root.pem",
            "-verify_other",
            "intermediate.pem");
    assertThat(result.output()).contains("Response verify OK").doesNotContain("no nonce");
    return result.output();
  }

  private void fetchLists(LabServers lab) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (String name : List.of("revoked.crl", "root.crl")) {
      byte[] der =
          new java.net.URI("http://127.0.0.1:" + lab.httpPort() + "/" + name)
              .toURL()
              .openStream()
              .readAllBytes();
      Files.write(folder.resolve(name), der);
      pem.append(
          Openssl.run(folder, "crl", "-inform", "DER", "-in", name, "-outform", "PEM").output());
    }
    write("crls.pem", pem.toString());
  }

  private Openssl.Result verify(String certificate) throws Exception {
    return Openssl.run(
        folder,
        "verify",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "intermediate.pem",
        "-CRLfile",
        "crls.pem",
        "-crl_check_all",
        certificate);
  }

  private void writeChain(LabAuthority authority) throws Exception {
    List<Bytes> chain = authority.chainDer();
    write("leaf.pem", Pem.of(chain.get(0)));
    write("intermediate.pem", Pem.of(chain.get(1)));
    write("root.pem", Pem.of(chain.get(2)));
  }

  private static List<PathCheck> revocation(PathVerdict verdict) {
    return verdict.checks().stream()
        .filter(check -> check.kind() == PathCheck.Kind.REVOCATION)
        .toList();
  }

  @Test
  void opensslHearsOfItFromListAndResponderAndOnlyOfThatOne() throws Exception {
    LabAuthority authority = authority();
    writeChain(authority);
    CertificateAuthority ca = authority.opened();
    Member other =
        ca.issue(
            new Order(
                "other.lab.test",
                LabAuthority.INTERMEDIATE_NAME,
                KeyKind.EC256,
                null,
                List.of(),
                false,
                false));
    write("other.pem", other.pem());
    try (LabServers lab = lab(authority)) {
      fetchLists(lab);
      assertThat(verify("leaf.pem").status()).isZero();
      assertThat(ocsp(lab, "intermediate.pem", "leaf.pem")).contains("leaf.pem: good");

      ca.revoke("www.lab.test", Reason.SUPERSEDED);

      fetchLists(lab);
      String list =
          Openssl.run(folder, "crl", "-inform", "DER", "-in", "revoked.crl", "-text", "-noout")
              .output();
      assertThat(list).contains("Superseded").contains("Serial Number:").contains("CRL Number");
      assertThat(verify("leaf.pem").output()).contains("error 23 at 0 depth lookup");
      assertThat(verify("other.pem").status()).isZero();
      assertThat(ocsp(lab, "intermediate.pem", "leaf.pem"))
          .contains("leaf.pem: revoked")
          .contains("Reason: superseded");
      assertThat(ocsp(lab, "intermediate.pem", "other.pem")).contains("other.pem: good");
      assertThat(ocsp(lab, "root.pem", "intermediate.pem")).contains("intermediate.pem: good");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.3"})
  void theServerStaplesItToTheNextClientWhichGoesAway(String tls) throws Exception {
    LabAuthority authority = authority();
    writeChain(authority);
    try (LabServers lab = lab(authority)) {
      Visit visit = Visit.to(lab.url()).servers(lab).tls(tls).source("relay");
      assertThat(visit.run().refusal()).isNull();

      authority.opened().revoke("www.lab.test", Reason.KEY_COMPROMISE);

      VisitResult refused = visit.run();
      assertThat(refused.refusal()).contains("the alert certificate_revoked");
      Analysis analysis = Analysis.of(refused.capture());
      CertificateChain chain =
          CertificateChain.of(
              analysis.tls().certificates().get(0).der(), TrustStore.of(List.of(lab.trustRoot())));
      PathVerdict verdict =
          PathVerdict.of(chain, LabServers.WWW, Instant.now(), analysis.revocations());
      assertThat(revocation(verdict))
          .singleElement()
          .matches(check -> !check.ok())
          .extracting(PathCheck::reason)
          .asString()
          .contains("(keyCompromise)")
          .contains("OCSP response");
      String seen =
          String.join(
              "\n",
              Tools.run(
                  "openssl",
                  "s_client",
                  "-connect",
                  "127.0.0.1:" + lab.httpsPort(),
                  "-servername",
                  LabServers.WWW,
                  "-status",
                  "-CAfile",
                  folder.resolve("root.pem").toString(),
                  tls.equals("1.2") ? "-tls1_2" : "-tls1_3"));
      assertThat(seen)
          .contains("Cert Status: revoked")
          .contains("Revocation Reason: keyCompromise");
    }
    // The next lab of the same authority has a certificate that was not revoked.
    try (LabServers lab = lab(authority)) {
      VisitResult good = Visit.to(lab.url()).servers(lab).tls(tls).source("relay").run();
      assertThat(good.refusal()).isNull();
      assertThat(good.problem()).isNull();
    }
  }

  @Test
  void aRevokedIntermediateTakesDownWhatItHasSigned() throws Exception {
    LabAuthority authority = authority();
    writeChain(authority);
    try (LabServers lab = lab(authority)) {
      authority.opened().revoke(LabAuthority.INTERMEDIATE_NAME, Reason.CA_COMPROMISE);
      fetchLists(lab);
      assertThat(verify("leaf.pem").output()).contains("error 23 at 1 depth lookup");
      assertThat(ocsp(lab, "root.pem", "intermediate.pem")).contains("intermediate.pem: revoked");
      assertThat(ocsp(lab, "intermediate.pem", "leaf.pem"))
          .contains("leaf.pem: revoked")
          .contains("Reason: cACompromise");
      CertificateChain chain =
          CertificateChain.of(authority.chainDer(), TrustStore.of(List.of(lab.trustRoot())));
      RevocationEvidence lists =
          RevocationEvidence.NONE.plus(
              Stream.of("revoked.crl", "root.crl")
                  .map(name -> io.handshakelab.x509.RevokedCertificates.read(folder.resolve(name)))
                  .flatMap(List::stream)
                  .toList());
      PathVerdict verdict = PathVerdict.of(chain, LabServers.WWW, Instant.now(), lists);
      assertThat(revocation(verdict)).extracting(PathCheck::ok).containsExactly(true, false);
      assertThat(verdict.sentence(LabServers.WWW)).contains("ERR_CERT_REVOKED");
    }
  }
}
