package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.LabAuthority;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathVerdictTest {
  private static Instant now;
  private static LabAuthority authority;
  private static TrustStore trust;

  @BeforeAll
  static void makeIt() {
    now = Instant.now();
    authority = SharedLab.AUTHORITY;
    trust = TrustStore.of(List.of(authority.rootDer()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.lab.test",
        "WWW.Lab.Test.",
        "lab.test",
        "127.0.0.1",
        "::1",
        "0:0:0:0:0:0:0:1"
      })
  void theLabIsBelievedUnderEachOfItsNames(String host) {
    PathVerdict verdict = PathVerdict.of(chain(authority.leaf().chainDer()), host, now);
    assertThat(verdict.checks()).allMatch(PathCheck::ok);
    assertThat(verdict.valid()).isTrue();
    assertThat(verdict.checks().stream().map(PathCheck::kind).distinct())
        .containsExactlyInAnyOrder(PathCheck.Kind.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab.test.evil.test", "ww.lab.test", "127.0.0.2", "", "*.lab.test"})
  void anotherHostIsNotBelieved(String host) {
    PathVerdict verdict = PathVerdict.of(chain(authority.leaf().chainDer()), host, now);
    assertThat(failures(verdict)).containsExactly(PathCheck.Kind.HOST_NAME);
    assertThat(verdict.valid()).isFalse();
  }

  @Test
  void timeBeforeAndAfterIsTold() {
    CertificateChain chain = chain(authority.leaf().chainDer());
    PathVerdict late = PathVerdict.of(chain, "lab.test", now.plus(Duration.ofDays(100)));
    assertThat(failures(late)).containsExactly(PathCheck.Kind.VALIDITY, PathCheck.Kind.PATH);
    assertThat(late.firstFailure().orElseThrow().reason()).startsWith("expired");
    assertThat(late.firstFailure().orElseThrow().subject()).isEqualTo("CN=www.lab.test");
    PathVerdict early = PathVerdict.of(chain, "lab.test", now.minus(Duration.ofDays(1)));
    assertThat(early.firstFailure().orElseThrow().reason()).startsWith("not yet valid");
  }

  @Test
  void anUntrustedRootAndAMissingIntermediateAreTold() {
    CertificateChain untrusted = CertificateChain.of(authority.chainDer(), TrustStore.empty());
    assertThat(failures(PathVerdict.of(untrusted, "lab.test", now)))
        .containsExactly(PathCheck.Kind.TRUSTED_ROOT, PathCheck.Kind.PATH);
    CertificateChain lonely = chain(authority.leaf().chainDer().subList(0, 1));
    assertThat(failures(PathVerdict.of(lonely, "lab.test", now)))
        .containsExactly(PathCheck.Kind.TRUSTED_ROOT, PathCheck.Kind.SENT, PathCheck.Kind.PATH);
  }

  @Test
  void aBrokenSignatureIsTold() {
    byte[] broken = authority.leaf().chainDer().get(0).toArray();
    broken[broken.length - 1] ^= 1;
    CertificateChain chain = chain(List.of(Bytes.wrap(broken), authority.leaf().chainDer().get(1)));
    assertThat(failures(PathVerdict.of(chain, "lab.test", now)))
        .containsExactly(PathCheck.Kind.SIGNATURE, PathCheck.Kind.PATH);
  }

  @Test
  void anEndUserWhoIssuesIsTold() throws Exception {
    KeyPair root = TestCertificates.rsa(2048, 65537);
    KeyPair middle = TestCertificates.rsa(2048, 65537);
    Bytes rootDer = TestCertificates.authority("CN=r", root.getPublic(), "CN=r", root);
    Bytes notAuthority = TestCertificates.server("middle", middle.getPublic(), "CN=r", root);
    Bytes end = TestCertificates.server("a.test", middle.getPublic(), "CN=middle", middle);
    CertificateChain chain =
        CertificateChain.of(List.of(end, notAuthority), TrustStore.of(List.of(rootDer)));
    Instant at = TestCertificates.START.plusSeconds(1);
    assertThat(failures(PathVerdict.of(chain, "a.test", at)))
        .containsExactly(PathCheck.Kind.BASIC_CONSTRAINTS, PathCheck.Kind.PATH);
    assertThat(String.join("", chain.findings())).contains("is no certification authority");
  }

  @Test
  void aClientsCertificateDoesNotServe() {
    CertificateChain chain = chain(authority.client("Alice").chainDer());
    assertThat(failures(PathVerdict.of(chain, null, now)))
        .containsExactly(PathCheck.Kind.EXTENDED_KEY_USAGE, PathCheck.Kind.PATH);
    assertThat(PathVerdict.ofClient(chain, now).valid()).isTrue();
  }

  @Test
  void noCertificateIsNotBelieved() {
    assertThat(PathVerdict.of(chain(List.of()), "lab.test", now).valid()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a.lab.test, *.lab.test, true",
    "A.LAB.TEST, *.lab.test, true",
    "lab.test, *.lab.test, false",
    "a.b.lab.test, *.lab.test, false",
    "lab.test, *.test, false",
    "ab.lab.test, a*.lab.test, false",
    "a.lab.test, a.*.test, false",
    "a.lab.test, *, false",
    "bücher.test, xn--bcher-kva.test, true",
  })
  void wildcardsStandForTheFirstLabelOnly(String host, String pattern, boolean expected) {
    assertThat(HostNames.matches(host, pattern)).isEqualTo(expected);
  }

  private static CertificateChain chain(List<Bytes> sent) {
    return CertificateChain.of(sent, trust);
  }

  private static List<PathCheck.Kind> failures(PathVerdict verdict) {
    return verdict.checks().stream().filter(check -> !check.ok()).map(PathCheck::kind).toList();
  }
}
