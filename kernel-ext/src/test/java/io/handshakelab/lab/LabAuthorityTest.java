package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabAuthorityTest {
  private static Instant now;
  private static LabAuthority authority;

  @TempDir Path directory;

  @BeforeAll
  static void makeIt() {
    now = Instant.now();
    authority = LabAuthority.create(Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void opensslBelievesTheServerUnderItsStrictestRules() throws Exception {
    writePem("leaf.pem", authority.chainDer().subList(0, 1));
    writePem("intermediate.pem", authority.chainDer().subList(1, 2));
    writePem("root.pem", List.of(authority.rootDer()));

    for (String name :
        List.of("-verify_hostname www.lab.test", "-verify_ip 127.0.0.1", "-verify_ip ::1")) {
      assertThat(verify(name + " -purpose sslserver")).isEqualTo("leaf.pem: OK\n");
    }
    assertThat(verify("-verify_hostname www.other.test -purpose sslserver"))
        .contains("hostname mismatch");
    assertThat(verify("-purpose sslclient")).contains("unsuitable certificate purpose");
  }

  @Test
  void opensslBelievesClients() throws Exception {
    writePem("leaf.pem", authority.client("Alice").chainDer().subList(0, 1));
    writePem("intermediate.pem", authority.chainDer().subList(1, 2));
    writePem("root.pem", List.of(authority.rootDer()));

    assertThat(verify("-purpose sslclient")).isEqualTo("leaf.pem: OK\n");
    assertThat(verify("-purpose sslserver")).contains("unsuitable certificate purpose");
  }

  @Test
  void theJdkBelievesTheChain() throws Exception {
    Issued issued = authority.leaf();
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));

    assertThat(
            CertPathValidator.getInstance("PKIX")
                .validate(
                    CertificateFactory.getInstance("X.509")
                        .generateCertPath(List.of(issued.chain())),
                    parameters))
        .isNotNull();
  }

  @Test
  void theKeyFitsTheCertificate() throws Exception {
    for (Issued issued : List.of(authority.leaf(), authority.leaf("other.test"))) {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(issued.key());
      signer.update(new byte[] {1, 2, 3});
      byte[] signature = signer.sign();
      signer.initVerify(issued.chain()[0]);
      signer.update(new byte[] {1, 2, 3});
      assertThat(signer.verify(signature)).isTrue();
    }
  }

  @Test
  void serialNumbersArePositiveAndHaveTwentyBytes() {
    for (X509Certificate certificate : List.of(authority.root(), authority.leaf().chain()[0])) {
      BigInteger serial = certificate.getSerialNumber();
      assertThat(serial.signum()).isPositive();
      assertThat(serial.toByteArray()).hasSize(20);
    }
  }

  @Test
  void aServerIsValidFromAnHourAgoForNinetyDays() {
    X509Certificate leaf = authority.leaf().chain()[0];
    Instant start = leaf.getNotBefore().toInstant();
    assertThat(Duration.between(start, now).toMinutes()).isEqualTo(60);
    assertThat(Duration.between(start, leaf.getNotAfter().toInstant()).toDays()).isEqualTo(90);
  }

  @Test
  void theSameSeedGivesTheSameCertificates() throws Exception {
    LabAuthority one = LabAuthority.create(seeded(7), Clock.fixed(now, ZoneOffset.UTC));
    LabAuthority same = LabAuthority.create(seeded(7), Clock.fixed(now, ZoneOffset.UTC));
    LabAuthority other = LabAuthority.create(seeded(8), Clock.fixed(now, ZoneOffset.UTC));

    assertThat(one.chainDer()).isEqualTo(same.chainDer()).isNotEqualTo(other.chainDer());
    assertThat(one.client("Bob").chainDer()).isEqualTo(same.client("Bob").chainDer());
  }

  private static SecureRandom seeded(int seed) throws Exception {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(seed);
    return random;
  }

  private String verify(String options) throws Exception {
    String all =
        "verify -x509_strict -CAfile root.pem -untrusted intermediate.pem " + options + " leaf.pem";
    return Openssl.run(directory, all.split(" ")).output();
  }

  private void writePem(String name, List<Bytes> ders) throws IOException {
    StringBuilder text = new StringBuilder();
    ders.forEach(der -> text.append(Pem.of(der)));
    Files.writeString(directory.resolve(name), text);
  }
}
