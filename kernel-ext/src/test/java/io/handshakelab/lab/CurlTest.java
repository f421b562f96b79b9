package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether curl believes a server, and whether our verdict is the same. */
class CurlTest {
  /** curl's words for a certificate that it does not take: 60; 91 for a revoked one. */
  private static final Set<Integer> REFUSALS = Set.of(60, 91);

  @TempDir Path folder;

  private static LabServers lab(@Nullable Fault fault, String tls) {
    return Labs.builder().tls(tls).fault(fault == null ? null : fault.label()).start();
  }

  private boolean curlAccepts(LabServers lab, String... more) throws Exception {
    Path root = Files.writeString(folder.resolve("root.pem"), Pem.of(lab.trustRoot()));
    List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--noproxy", "*"));
    command.addAll(List.of("--max-time", "30", "--cacert", root.toString()));
    command.addAll(List.of("--resolve", "www.lab.test:" + lab.httpsPort() + ":127.0.0.1"));
    command.addAll(List.of(more));
    command.add(lab.url());
    Path output = folder.resolve("curl.txt");
    Process curl;
    try {
      curl =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("curl is missing: install it (apt-get install curl)", e);
    }
    assertThat(curl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    if (curl.exitValue() == 0) {
      assertThat(text).contains("It works");
      return true;
    }
    if (!text.contains("rsa routines")) { // that is 35: a signature that cannot be opened at all
      assertThat(REFUSALS).as(text).contains(curl.exitValue());
    }
    return false;
  }

  private static PathVerdict verdict(LabServers lab, String tls) {
    VisitResult result = Visit.to(lab.url()).servers(lab).tls(tls).source("relay").run();
    assertThat(result.problem()).isNull();
    Analysis analysis = Analysis.of(result.capture());
    PathVerdict verdict =
        PathVerdict.of(
            CertificateChain.of(
                analysis.tls().certificates().get(0).der(),
                TrustStore.of(List.of(lab.trustRoot()))),
            LabServers.WWW,
            Instant.now(),
            analysis.revocations());
    assertThat(verdict.valid()).isEqualTo(result.refusal() == null);
    return verdict;
  }

  /** Each fault on which curl and our verdict differ, with the reason. */
  private static Map<String, String> differences() throws IOException {
    Map<String, String> known = new TreeMap<>();
    try (InputStream in = CurlTest.class.getResourceAsStream("curl-differences.md")) {
      assertThat(in).isNotNull();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] cells = line.split("\\|", -1);
        if (cells.length > 2 && Fault.of(cells[1].strip()).isPresent()) {
          assertThat(cells[2].strip()).isNotBlank();
          known.put(cells[1].strip(), cells[2].strip());
        }
      }
    }
    return known;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void curlSaysTheSameButForWhatIsExplained(Fault fault) throws Exception {
    try (LabServers lab = lab(fault, "any")) {
      boolean same = curlAccepts(lab) == verdict(lab, "any").valid();
      assertThat(same)
          .as("a difference is explained in curl-differences.md, and nothing else is in it")
          .isEqualTo(!differences().containsKey(fault.label()));
    }
  }

  @Test
  void curlHearsOfRevokedCertificatesWhenItIsToldToLook() throws Exception {
    try (LabServers lab = lab(Fault.REVOKED_OCSP, "1.2")) {
      assertThat(curlAccepts(lab, "--cert-status")).isFalse();
    }
    try (LabServers lab = lab(Fault.REVOKED_CRL, "any")) {
      assertThat(curlAccepts(lab, "--crlfile", lists(lab).toString())).isFalse();
    }
    try (LabServers lab = lab(null, "any")) {
      assertThat(curlAccepts(lab, "--crlfile", lists(lab).toString())).isTrue();
    }
  }

  private Path lists(LabServers lab) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (String list : List.of("revoked.crl", "root.crl")) {
      Path file = folder.resolve(list);
      try (InputStream in =
          new URI("http://127.0.0.1:" + lab.httpPort() + "/" + list).toURL().openStream()) {
        Files.write(file, in.readAllBytes());
      }
      pem.append(Openssl.run(folder, "crl", "-inform", "DER", "-in", list).output());
    }
    return Files.writeString(folder.resolve("lists.pem"), pem);
  }

  /** Any fault after any other, with any version, as somebody at a keyboard would try them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void faultsInAnyOrderAreJudgedAsTheyAreAlone(long seed) throws Exception {
    Random random = new Random(seed);
    List<@Nullable Fault> order = new ArrayList<>(Arrays.asList(Fault.values()));
    order.add(null);
    for (int i = 0; i < 6; i++) {
      Fault fault = order.get(random.nextInt(order.size()));
      String tls = random.nextBoolean() ? "1.2" : "1.3";
      try (LabServers lab = lab(fault, tls)) {
        PathVerdict verdict = verdict(lab, tls);
        boolean tolerated = fault == null || fault.alert().isEmpty();
        assertThat(verdict.valid()).as("%s, TLS %s", fault, tls).isEqualTo(tolerated);
        boolean explained = fault != null && differences().containsKey(fault.label());
        assertThat(curlAccepts(lab)).isEqualTo(tolerated || explained);
      }
    }
  }
}
