package io.handshakelab.lab.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.lab.Openssl;
import io.handshakelab.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();

  private static Order order(String name, @Nullable String issuer, String... names) {
    return new Order(name, issuer, KeyKind.EC256, null, List.of(names), false, false);
  }

  private Openssl.Result openssl(String... arguments) throws Exception {
    return Openssl.run(folder, arguments);
  }

  private Openssl.Result verify(Member member, String... more) throws Exception {
    Files.writeString(folder.resolve("one.pem"), member.pem());
    String[] command = {
      "verify", "-x509_strict", "-CAfile", "roots.pem", "-untrusted", "intermediates.pem"
    };
    return openssl(
        Stream.of(command, more, new String[] {"one.pem"})
            .flatMap(Arrays::stream)
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RSA3072", "RSA4096"})
  void opensslBelievesWhatIsIssuedUnderEveryKindOfKey(KeyKind kind) throws Exception {
    CertificateAuthority authority = CertificateAuthority.empty(clock);
    authority.issue(Order.authority("Root", null, kind));
    authority.issue(Order.authority("Below", null, kind));
    Member issued =
        authority.issue(
            new Order(
                "www.lab.test",
                null,
                kind,
                30,
                List.of("127.0.0.1", "*.lab.test", "::1", "bücher.lab.test", "https://lab.test/a"),
                false,
                false));
    new CaFolder(folder).save(authority);
    assertThat(issued.issuer()).isEqualTo("Below");
    Openssl.Result verdict =
        verify(issued, "-purpose", "sslserver", "-verify_hostname", "any.lab.test");
    assertThat(verdict.status()).as(verdict.output()).isZero();
    assertThat(verify(issued, "-verify_ip", "127.0.0.1").status()).isZero();
    assertThat(verify(issued, "-verify_hostname", "xn--bcher-kva.lab.test").status()).isZero();
    assertThat(verify(issued, "-verify_hostname", "other.test").status()).isNotZero();
    Files.writeString(folder.resolve("bundle.pem"), issued.bundle());
    assertThat(openssl("pkey", "-in", "bundle.pem", "-pubout").output())
        .isEqualTo(openssl("x509", "-in", "bundle.pem", "-noout", "-pubkey").output());
  }

  @Test
  void opensslTellsWhatIsRevokedAndWhy() throws Exception {
    CertificateAuthority authority = CertificateAuthority.demo(clock);
    Member shop = authority.revoke("shop.demo.test", Reason.of("KeyCompromise"));
    authority.revoke("Demo Mail CA", Reason.CESSATION_OF_OPERATION);
    new CaFolder(folder).save(authority);
    String[] lists = {"-CRLfile", "crls.pem", "-crl_check_all"};
    for (Member member : authority.members()) {
      boolean lost =
          member.equals(shop)
              || member.name().equals("Demo Mail CA")
              || member.issuer().equals("Demo Mail CA");
      Openssl.Result verdict = verify(member, lists);
      assertThat(verdict.status() == 0).as(member + verdict.output()).isEqualTo(!lost);
      assertThat(verdict.output().contains("certificate revoked")).isEqualTo(lost);
    }
    String all = Files.readString(folder.resolve("crls.pem"));
    Files.writeString(folder.resolve("web.pem"), all.substring(all.indexOf("-----BEGIN", 10)));
    assertThat(openssl("crl", "-in", "web.pem", "-noout", "-text").output())
        .contains("Issuer: CN = Demo Web CA")
        .containsIgnoringCase("Serial Number: " + shop.serial())
        .contains("Key Compromise");
  }

  @Test
  void whatIsKeptInADirectoryIsTheSameWhenItIsReadAgain() throws Exception {
    CertificateAuthority first = CertificateAuthority.demo(clock);
    first.revoke("www.demo.test", Reason.SUPERSEDED);
    new CaFolder(folder).save(first);
    CertificateAuthority second = new CaFolder(folder).load(clock);
    assertThat(second.members()).isEqualTo(first.members());
    assertThat(second.revoked()).isEqualTo(first.revoked());
    Member added = second.issue(order("new.demo.test", "Demo Web CA"));
    new CaFolder(folder).save(second);
    assertThat(verify(added, "-CRLfile", "crls.pem", "-crl_check").status()).isZero();
    assertThat(new CaFolder(folder).load(clock).members()).hasSize(12);
  }

  @Test
  void aCertificateThatWasTakenAwayDoesNotMixUpTheOthers() throws Exception {
    new CaFolder(folder).save(CertificateAuthority.demo(clock));
    Files.delete(folder.resolve("certificates/0002-www.demo.test.pem"));
    CertificateAuthority authority = new CaFolder(folder).load(clock);
    authority.issue(order("www.demo.test", "Demo Web CA"));
    new CaFolder(folder).save(authority);
    assertThat(new CaFolder(folder).load(clock).members())
        .extracting(Member::name)
        .hasSize(11)
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyTheOwnerMayReadPrivateKeys() throws Exception {
    new CaFolder(folder).save(CertificateAuthority.demo(clock));
    assertThat(permissions(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("keys/0000-Demo_Root_CA.pem"))).isEqualTo("rw-------");
    assertThat(Files.readString(folder.resolve("keys/0000-Demo_Root_CA.pem")))
        .startsWith("-----BEGIN PRIVATE KEY-----\n");
    try (var files = Files.list(folder.resolve("certificates"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain("PRIVATE");
      }
    }
    assertThat(CertificateAuthority.demo(clock).members().get(0).toString())
        .doesNotContain("Key")
        .doesNotContain("PRIVATE");
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whereThereIsNobodyARootAndAnIntermediateAreMadeFirst() {
    CertificateAuthority authority = CertificateAuthority.empty(clock);
    Member issued = authority.issue(order("www.lab.test", null));
    assertThat(authority.members())
        .extracting(Member::name)
        .containsExactly("My Root CA", "My Intermediate CA", "www.lab.test");
    assertThat(issued.above()).hasSize(2);
    assertThat(authority.news()).singleElement().asString().contains("nobody to sign");
    assertThat(authority.news()).isEmpty();
  }

  @Test
  void aCertificateDoesNotOutliveItsIssuer() {
    CertificateAuthority authority = CertificateAuthority.empty(clock);
    authority.issue(new Order("Root", null, KeyKind.EC256, 10, List.of(), true, false));
    Member issued = authority.issue(order("www.lab.test", "Root"));
    assertThat(issued.certificate().getNotAfter())
        .isEqualTo(authority.members().get(0).certificate().getNotAfter());
    assertThat(authority.news()).singleElement().asString().contains("ends when its issuer does");
  }

  @Test
  void validityIsAsLongAsOrderedAlsoBeyond2050() {
    Clock late = Clock.fixed(Instant.parse("2049-06-01T00:00:00Z"), ZoneOffset.UTC);
    CertificateAuthority authority = CertificateAuthority.empty(late);
    Member root = authority.issue(Order.authority("Root", "self", KeyKind.EC256));
    assertThat(root.certificate().getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2049-05-31T23:00:00Z").plus(Duration.ofDays(3650)));
  }

  @Test
  void nobodySignsWhoMustNot() {
    CertificateAuthority authority = CertificateAuthority.demo(clock);
    problem(() -> authority.issue(order("x.test", "www.demo.test")), "no certification authority");
    problem(() -> authority.issue(order("x.test", "Nobody")), "no authority called Nobody");
    problem(() -> authority.issue(order("x.test", "self")), "only an authority signs itself");
    problem(() -> authority.issue(Order.authority("demo web ca", null, KeyKind.EC256)), "already");
    authority.revoke("Demo Web CA", Reason.KEY_COMPROMISE);
    problem(() -> authority.issue(order("x.test", "Demo Web CA")), "revoked");
    assertThat(authority.issue(order("x.test", null)).issuer()).isEqualTo("Demo Mail CA");
    problem(() -> authority.revoke("Demo Web CA", Reason.UNSPECIFIED), "revoked already");
    problem(() -> authority.revoke("Demo Root CA", Reason.UNSPECIFIED), "a root cannot be revoked");
    problem(() -> authority.revoke("nobody", Reason.UNSPECIFIED), "nobody here is called nobody");
    authority.issue(order("x.test", null));
    problem(() -> authority.revoke("x.test", Reason.UNSPECIFIED), "2 certificates are called");
    Member one = authority.members().get(authority.members().size() - 1);
    assertThat(authority.revoke(one.serial(), Reason.UNSPECIFIED)).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b.test", "-a.test", "a..test", "<b>.test", "http://[", "a@b@c", "ü@lab.test"})
  void aNameThatNoneIsIsAProblem(String name) {
    CertificateAuthority authority = CertificateAuthority.empty(clock);
    problem(() -> authority.issue(order("www.lab.test", null, name)), "neither a host name");
  }

  @Test
  void ordersThatMakeNoSenseAreProblems() {
    problem(() -> order(" ", null), "needs a name");
    problem(() -> order("a\nb", null), "needs a name");
    problem(() -> order("x".repeat(65), null), "at most 64 characters");
    problem(() -> new Order("a", null, KeyKind.EC256, 0, List.of(), false, false), "for 0 days");
    problem(() -> KeyKind.of("rsa512"), "no kind of key called rsa512");
    problem(() -> Reason.of("boredom"), "no reason called boredom");
    assertThat(KeyKind.of("RSA-2048")).isEqualTo(KeyKind.RSA2048);
  }

  @Test
  void aDirectoryThatIsDamagedIsAProblemThatNamesTheFile() throws Exception {
    new CaFolder(folder).save(CertificateAuthority.demo(clock));
    Path key = folder.resolve("keys/0001-Demo_Web_CA.pem");
    Files.writeString(key, "junk", StandardCharsets.US_ASCII);
    problem(() -> new CaFolder(folder).load(clock), key.toString());
    Files.delete(key);
    CertificateAuthority without = new CaFolder(folder).load(clock);
    problem(() -> without.issue(order("x.test", "Demo Web CA")), "its private key is not here");
    problem(() -> without.revoke("www.demo.test", Reason.UNSPECIFIED), "private key of its issuer");
    Files.writeString(folder.resolve("crls.pem"), "-----BEGIN X509 CRL-----\n!\n");
    problem(() -> new CaFolder(folder).load(clock), "crls.pem");
  }

  private static void problem(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.whatHappened()).contains(what);
              assertThat(problem.advice()).isNotBlank();
            });
  }
}
