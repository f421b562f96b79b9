package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import io.handshakelab.tcp.TcpState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same file to the byte, on every machine and Java version. */
class ReproducibilityTest {
  private static final SimulationOptions FAULTS =
      SimulationOptions.builder()
          .seed(42)
          .rttNanos(70_000_000)
          .jitterNanos(3_000_000)
          .loss(0.05)
          .duplicate(0.03)
          .reorder(0.1)
          .bitsPerSecond(1_000_000)
          .build();

  @TempDir private Path directory;

  /**
   * After a change that is meant to change the bytes, put in here what the failing test prints; a
   * second run, on another JDK too, must then agree.
   */
  @Test
  void theFilesAreThoseOfTheRecord() throws IOException, NoSuchAlgorithmException {
    List<String> lines = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      lines.add(hash(scenario.play(FAULTS).capture(Vantage.BOTH)) + " " + scenario.label());
    }
    for (Vantage vantage : Vantage.values()) {
      lines.add(hash(Scenarios.random(7).capture(vantage)) + " random 7 " + vantage.label());
    }
    Path record = Path.of("src/test/resources/simulate-sha256.txt");
    assertThat(lines).isEqualTo(Files.readAllLines(record));
  }

  @Test
  void anotherSeedGivesAnotherFile() throws IOException, NoSuchAlgorithmException {
    SimulationOptions other = FAULTS.toBuilder().seed(43).build();
    assertThat(hash(Scenario.FOUR_WAY_CLOSE.play(other).capture()))
        .isNotEqualTo(hash(Scenario.FOUR_WAY_CLOSE.play(FAULTS).capture()));
  }

  @Test
  void aSavedSimulationStillSaysWhatItIs() {
    Capture capture = Scenario.RST.play(FAULTS).capture(Vantage.SERVER);
    Path file = directory.resolve("saved.pcapng");
    CaptureFiles.write(capture, file, false);
    Capture opened = CaptureFiles.read(file);
    assertThat(opened.isSimulated()).isTrue();
    assertThat(opened.vantage()).isEqualTo(Vantage.SERVER);
    assertThat(opened.source())
        .endsWith(
            "simulated from seed 42: rst, three-way handshake, rtt 70 ms, jitter 3 ms, loss 5 %,"
                + " duplicate 3 %, reorder 10 %, 1000000 bit/s");
    assertThat(opened.frameCount()).isEqualTo(capture.frameCount());
    assertThat(opened.evidence(1)).isEqualTo(Evidence.WIRE);
    assertThat(opened.timeNanos(1)).isEqualTo(capture.timeNanos(1));
    Path again = directory.resolve("again.pcapng");
    CaptureFiles.write(opened, again, false);
    assertThat(CaptureFiles.read(again).isSimulated()).isTrue();
  }

  @Test
  void aCaptureSaysHowManyWaysItsHandshakeHas() {
    SimulationOptions twoWay = FAULTS.toBuilder().handshake(Handshake.TWO_WAY).build();
    assertThat(Scenario.RST.play(twoWay).capture().isTwoWay()).isTrue();
    assertThat(Scenario.RST.play(FAULTS).capture().isTwoWay()).isFalse();
  }

  @Test
  void theTruthNamesItsFrames() {
    SimulationResult result = Scenario.LOST_SYN.play(SimulationOptions.DEFAULTS);
    TrueTransition sent = result.truth().get(0);
    TrueTransition received = result.truth().get(1);
    assertThat(received.to()).isEqualTo(TcpState.SYN_RCVD);
    assertThat(result.frame(Vantage.CLIENT, sent.packet())).hasValue(1);
    assertThat(result.frame(Vantage.SERVER, sent.packet())).as("lost").isEmpty();
    assertThat(result.frame(Vantage.BOTH, sent.packet())).as("lost").isEmpty();
    assertThat(result.frame(Vantage.CLIENT, received.packet())).hasValue(2);
    assertThat(result.frame(Vantage.SERVER, received.packet())).hasValue(1);
    assertThat(result.frame(Vantage.BOTH, TrueTransition.NO_PACKET)).isEmpty();
    Capture both = result.capture(Vantage.BOTH);
    assertThat(both.timeNanos(1)).isEqualTo(received.timeNanos());
    assertThat(Analysis.of(both).tcp().segments().flagNames(0)).isEqualTo("SYN");
  }

  private String hash(Capture capture) throws IOException, NoSuchAlgorithmException {
    Path file = directory.resolve("hashed.pcapng");
    CaptureFiles.write(capture, file, false);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return Bytes.wrap(digest).hex();
  }
}
