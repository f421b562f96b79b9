package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Tools;
import io.handshakelab.capture.Vantage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tshark opens what is simulated, and complains of nothing but what the scenario is about. */
class TsharkScenarioTest {
  private static final String RETRANSMISSION = "This frame is a (suspected) retransmission";
  private static final String SPURIOUS = "This frame is a (suspected) spurious retransmission";
  private static final String DUPLICATE_ACK = "Duplicate ACK";
  private static final String RESET = "Connection reset (RST)";
  private static final String UNSEEN =
      "ACKed segment that wasn't captured (common at capture start)";

  /** What belongs to every connection that is closed. */
  private static final Set<String> USUAL =
      Set.of(
          "This frame initiates the connection closing",
          "This frame undergoes the connection closing");

  private static final Map<Scenario, Set<String>> ABOUT = new EnumMap<>(Scenario.class);

  static {
    ABOUT.put(Scenario.LOST_SYN, Set.of(RETRANSMISSION));
    ABOUT.put(Scenario.LOST_SYNACK, Set.of(RETRANSMISSION, DUPLICATE_ACK));
    ABOUT.put(Scenario.LOST_ACK, Set.of(RETRANSMISSION, DUPLICATE_ACK));
    ABOUT.put(Scenario.DELAYED_DUPLICATE_SYN, Set.of(RESET));
    ABOUT.put(Scenario.SYN_FLOOD, Set.of(RETRANSMISSION));
    // It takes a SYN,ACK that comes after a SYN for a repetition of that.
    ABOUT.put(Scenario.SIMULTANEOUS_OPEN, Set.of(RETRANSMISSION));
    ABOUT.put(
        Scenario.TIME_WAIT_REUSE,
        Set.of(
            "A new tcp session is started with the same ports as an earlier session in this"
                + " trace"));
    ABOUT.put(Scenario.RST, Set.of(RESET));
    ABOUT.put(Scenario.LOST_FIN, Set.of(RETRANSMISSION, UNSEEN, SPURIOUS));
    ABOUT.put(
        Scenario.ZERO_WINDOW,
        Set.of(
            "TCP window specified by the receiver is now completely full",
            "TCP Zero Window segment",
            "TCP Zero Window Probe",
            "ACK to a TCP Zero Window Probe"));
  }

  @TempDir private Path directory;

  @Test
  void nothingIsWrongWithAnyScenario() {
    List<String> complaints = new ArrayList<>();
    int frames = 0;
    for (Scenario scenario : Scenario.values()) {
      Set<String> allowed = new TreeSet<>(ABOUT.getOrDefault(scenario, Set.of()));
      allowed.addAll(USUAL);
      SimulationResult result = Played.scenario(scenario);
      // Where most is to be seen, and one more, in turns: each start of tshark takes time.
      Vantage usual = Objects.requireNonNull(result.options().vantage());
      for (Vantage vantage : EnumSet.of(usual, Vantage.values()[scenario.ordinal() % 4])) {
        Path file = directory.resolve(scenario.label() + "-" + vantage.label() + ".pcapng");
        CaptureFiles.write(result.capture(vantage), file, false);
        frames += result.capture(vantage).frameCount();
        for (String line : expert(file)) {
          if (allowed.stream().noneMatch(line::contains)) {
            complaints.add(scenario.label() + " at " + vantage.label() + ": " + line);
          }
        }
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(frames).isGreaterThan(1_000);
  }

  @Test
  void storiesOfChanceHaveRightChecksumsAndLengths() {
    for (int seed = 0; seed < 4; seed++) {
      Path file = directory.resolve("random.pcapng");
      SimulationResult result = Scenarios.random(seed);
      CaptureFiles.write(result.capture(Vantage.values()[seed % 4]), file, false);
      assertThat(expert(file))
          .as("seed %d", seed)
          .noneMatch(line -> line.contains("hecksum") || line.contains("alformed"));
    }
  }

  /** What tshark has to say, but for what it says of every connection. */
  private static List<String> expert(Path file) {
    List<String> lines = new ArrayList<>();
    boolean chat = false;
    for (String line :
        Tools.lines(
            "tshark",
            "-n",
            "-q",
            "-z",
            "expert",
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-r",
            file.toString())) {
      if (line.startsWith("Chats")) {
        chat = true;
      } else if (line.endsWith(")") && line.contains("s (")) {
        chat = false;
      }
      if (!chat && line.startsWith("     ") && !line.contains("Frequency")) {
        lines.add(line.strip());
      }
    }
    return lines;
  }
}
