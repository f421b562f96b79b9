package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathCheck.Kind;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.TrustStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault, as our client meets it and as openssl sees it. */
class FaultTest {
  /** What openssl says of each: the number of its error, 0 where it is content. */
  private static final Map<Fault, Integer> OPENSSL =
      Map.ofEntries(
          Map.entry(Fault.EXPIRED, 10),
          Map.entry(Fault.NOT_YET_VALID, 9),
          Map.entry(Fault.WRONG_HOST, 62),
          Map.entry(Fault.SELF_SIGNED, 18),
          Map.entry(Fault.UNTRUSTED_ROOT, 20),
          Map.entry(Fault.MISSING_INTERMEDIATE, 20),
          Map.entry(Fault.WRONG_ORDER, 0),
          Map.entry(Fault.EXTRA_CERTIFICATE, 0),
          Map.entry(Fault.WEAK_SHA1, 68),
          Map.entry(Fault.WEAK_RSA_1024, 66),
          Map.entry(Fault.CA_AS_LEAF, 26),
          Map.entry(Fault.LEAF_AS_CA, 79),
          Map.entry(Fault.PATH_TOO_LONG, 25),
          Map.entry(Fault.NAME_CONSTRAINT, 47),
          // openssl looks at the common name where there are no other names.
          Map.entry(Fault.NO_SAN, 0),
          // Nothing but -crl_check and -status makes openssl look at revocation.
          Map.entry(Fault.REVOKED_OCSP, 0),
          Map.entry(Fault.REVOKED_CRL, 0),
          Map.entry(Fault.BAD_SIGNATURE, 7),
          Map.entry(Fault.NULL_IN_NAME, 62),
          Map.entry(Fault.TOO_MANY_CERTIFICATES, 0));

  /** Which check of the verdict fails first. */
  private static final Map<Fault, Kind> CHECK =
      Map.ofEntries(
          Map.entry(Fault.EXPIRED, Kind.VALIDITY),
          Map.entry(Fault.NOT_YET_VALID, Kind.VALIDITY),
          Map.entry(Fault.WRONG_HOST, Kind.HOST_NAME),
          Map.entry(Fault.SELF_SIGNED, Kind.TRUSTED_ROOT),
          Map.entry(Fault.UNTRUSTED_ROOT, Kind.TRUSTED_ROOT),
          Map.entry(Fault.MISSING_INTERMEDIATE, Kind.TRUSTED_ROOT),
          Map.entry(Fault.WEAK_SHA1, Kind.STRENGTH),
          Map.entry(Fault.WEAK_RSA_1024, Kind.STRENGTH),
          Map.entry(Fault.CA_AS_LEAF, Kind.KEY_USAGE),
          Map.entry(Fault.LEAF_AS_CA, Kind.BASIC_CONSTRAINTS),
          Map.entry(Fault.PATH_TOO_LONG, Kind.BASIC_CONSTRAINTS),
          Map.entry(Fault.NAME_CONSTRAINT, Kind.PATH),
          Map.entry(Fault.NO_SAN, Kind.HOST_NAME),
          Map.entry(Fault.REVOKED_OCSP, Kind.REVOCATION),
          Map.entry(Fault.REVOKED_CRL, Kind.REVOCATION),
          Map.entry(Fault.BAD_SIGNATURE, Kind.SIGNATURE),
          Map.entry(Fault.NULL_IN_NAME, Kind.HOST_NAME));

  /** Making keys takes its time: each fault is served once. */
  private static final Map<Fault, LabServers> LABS = new EnumMap<>(Fault.class);

  @TempDir Path folder;

  private static LabServers lab(Fault fault) {
    return LABS.computeIfAbsent(
        fault, wrong -> Labs.builder().tls("any").fault(wrong.label()).start());
  }

  @AfterAll
  static void stop() {
    LABS.values().forEach(LabServers::close);
  }

  static Stream<Arguments> faultsAndVersions() {
    return Stream.of(Fault.values())
        .flatMap(fault -> Stream.of("1.2", "1.3").map(tls -> Arguments.of(fault, tls)));
  }

  @ParameterizedTest
  @MethodSource("faultsAndVersions")
  void theClientRefusesItWithTheAlertOfTheRfc(Fault fault, String tls) {
    LabServers lab = lab(fault);
    VisitResult result = Visit.to(lab.url()).servers(lab).tls(tls).source("relay").run();

    assertThat(result.problem()).isNull();
    Analysis analysis = Analysis.of(result.capture());
    List<TlsMessage> alerts =
        analysis.tls().messages().stream()
            .filter(message -> message.type().equals("Alert"))
            .filter(message -> !message.summary().contains("close_notify"))
            .toList();
    if (fault.alert().isEmpty()) {
      assertThat(result.refusal()).isNull();
      assertThat(alerts).isEmpty();
      assertThat(result.capture().warnings()).isEmpty();
    } else {
      assertThat(result.refusal()).contains("the alert " + fault.alert());
      assertThat(result.capture().warnings()).contains(result.refusal());
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).sender()).isEqualTo(Sender.CLIENT);
      assertThat(alerts.get(0).summary()).contains("fatal").contains(fault.alert());
    }
    List<CertificateList> lists = analysis.tls().certificates();
    CertificateChain chain =
        CertificateChain.of(lists.get(0).der(), TrustStore.of(List.of(lab.trustRoot())));
    PathVerdict verdict =
        PathVerdict.of(chain, LabServers.WWW, Instant.now(), analysis.revocations());
    Kind expected = CHECK.get(fault);
    assertThat(verdict.valid()).isEqualTo(expected == null);
    assertThat(verdict.checks().stream().filter(check -> !check.ok()).map(PathCheck::kind))
        .satisfies(kinds -> assertThat(expected == null || kinds.contains(expected)).isTrue());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void opensslSaysTheSame(Fault fault) throws Exception {
    LabServers lab = lab(fault);
    Path root = Files.writeString(folder.resolve("root.pem"), Pem.of(lab.trustRoot()));
    int expected = Objects.requireNonNull(OPENSSL.get(fault));
    List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + lab.httpsPort()));
    command.addAll(List.of("-servername", "www.lab.test", "-verify_hostname", "www.lab.test"));
    command.addAll(List.of("-verify_return_error", "-CAfile", root.toString()));
    command.addAll(List.of("-purpose", "sslserver", "-auth_level", "2"));
    List<String> output = Tools.run(expected == 0 ? 0 : 1, command.toArray(new String[0]));

    if (expected == 0) {
      assertThat(output).anyMatch(line -> line.contains("Verify return code: 0 (ok)"));
    } else {
      assertThat(output).anyMatch(line -> line.contains("verify error:num=" + expected + ":"));
    }
  }

  @Test
  void eachFaultSaysWhatIsWrong() {
    assertThat(Fault.values()).hasSize(20);
    assertThat(Fault.labels()).contains("not-yet-valid", "weak-rsa-1024");
    for (Fault fault : Fault.values()) {
      assertThat(fault.wrong()).isNotBlank();
      assertThat(fault.browser()).isNotBlank();
      assertThat(fault.rfc()).startsWith("RFC ");
      assertThat(Fault.of(fault.label())).contains(fault);
    }
  }
}
