package io.handshakelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lab simulate}. */
class SimulateTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int lab(String line) throws IOException {
    out.reset();
    err.reset();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.run(List.of(line.split(" ")), out, errors);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> errors() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aStoryIsToldInAFewLinesAndSaved(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("visit.pcapng");
    assertThat(lab("simulate https --tls 1.3 --rtt 80ms --loss 5% --seed 42 --save " + file))
        .isZero();
    assertThat(printed())
        .contains("simulated from seed 42: https", "rtt 80 ms, loss 5 %", "look for     DNS, a")
        .contains("TLS 1.3, TLS_AES_128_GCM_SHA256, secp256r1", "taken at     client")
        .endsWith("saved as " + file + "\n");
    byte[] first = Files.readAllBytes(file);
    assertThat(lab("simulate https --tls 1.3 --rtt 0.08s --loss 0.05 --seed 42 --save " + file))
        .isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(first);

    assertThat(lab("tls " + file + " --format csv")).isZero();
    assertThat(printed()).contains("CertificateVerify");
    assertThat(lab("chain " + file)).isZero();
    assertThat(errors().get(0)).contains("simulated: judged for 2026-01-01");
    assertThat(lab("open " + file)).isZero();
    assertThat(printed()).contains("look for     DNS, a");
  }

  @Test
  void theListNamesEachScenarioAndWhatToLookFor() throws IOException {
    assertThat(lab("simulate --list")).isZero();
    assertThat(printed().lines()).hasSize(15).anyMatch(line -> line.startsWith("zero-window  "));
    assertThat(lab("simulate --list --format json")).isZero();
    assertThat(printed()).contains("{\"scenario\":\"https\",\"look_for\":\"DNS, ");
  }

  @Test
  void whatAPortHeldOverTimeStandsBelow() throws IOException {
    assertThat(lab("simulate syn-flood --count 300 --as flood")).isZero();
    assertThat(printed()).contains("capture      flood", "half_open  established", "turned_away");
    assertThat(lab("simulate three-way")).isZero();
    assertThat(printed()).doesNotContain("half_open").contains("not saved");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          simulate | no scenario was named | take one of three-way
          simulate htps | there is no scenario htps | did you mean https?
          simulate lost_syn | there is no scenario lost_syn | did you mean lost-syn?
          simulate three-way --rtt 40 | --rtt 40 is no time | --rtt 40ms
          simulate three-way --rtt 61s | --rtt 61s is no time | at most 60s
          simulate three-way --loss 5 | --loss 5 is no share | 0.05
          simulate three-way --loss 101% | --loss 101% is no share | 0.05
          simulate three-way --loss=-0.1 | --loss -0.1 is no share | 0.05
          simulate three-way --jitter NaN | --jitter NaN is no time | 40ms
          simulate three-way --rate slow | --rate slow is no rate | 10mbit
          simulate three-way --seed abc | --seed abc is no seed | --seed 42
          simulate three-way --count=-1 | --count -1 is no number | 1 or more
          simulate three-way --handshake four-way | there is no handshake four-way | three-way or two-way
          simulate three-way --vantage above | there is no vantage above | client, server, both, middle
          simulate three-way --tls 1.3 | --tls has no meaning for three-way | take the scenario https
          simulate three-way --format json | --format belongs to --list | --save FILE
          simulate https --tls 1.1 | do not speak TLS 1.1 | take 1.2 or 1.3
          simulate https --cipher TLS_AES_128_GCM_SHA25 | no cipher suite TLS_AES_128 | did you mean TLS_AES_128_GCM_SHA256?
          simulate https --group p-256 | no named group "p-256" | secp256r1
          simulate https --tls 1.3 --resume | does not resume sessions of TLS 1.3 | take 1.2
          simulate https --latency 3ms | unknown option --latency | --help
          """)
  void whatIsWrongGetsOneLineAndAnAdvice(String line, String what, String advice)
      throws IOException {
    assertThat(lab(line.strip())).isEqualTo(2);
    assertThat(printed()).isEmpty();
    assertThat(errors()).hasSize(2);
    assertThat(errors().get(0)).startsWith("lab: ").contains(what);
    assertThat(errors().get(1)).contains(advice);
  }
}
