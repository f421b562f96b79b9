package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Compares an analysis with tshark's reading of the same file. */
public final class TsharkOracle {
  private static final Map<String, Finding> FINDINGS =
      Map.ofEntries(
          Map.entry("tcp.analysis.fast_retransmission", Finding.FAST_RETRANSMISSION),
          Map.entry("tcp.analysis.spurious_retransmission", Finding.SPURIOUS_RETRANSMISSION),
          Map.entry("tcp.analysis.out_of_order", Finding.OUT_OF_ORDER),
          Map.entry("tcp.analysis.lost_segment", Finding.SEGMENT_MISSING),
          Map.entry("tcp.analysis.ack_lost_segment", Finding.ACKED_UNSEEN),
          Map.entry("tcp.analysis.duplicate_ack", Finding.DUPLICATE_ACK),
          Map.entry("tcp.analysis.zero_window", Finding.ZERO_WINDOW),
          Map.entry("tcp.analysis.zero_window_probe", Finding.WINDOW_PROBE),
          Map.entry("tcp.analysis.zero_window_probe_ack", Finding.WINDOW_PROBE_ACK),
          Map.entry("tcp.analysis.window_update", Finding.WINDOW_UPDATE),
          Map.entry("tcp.analysis.window_full", Finding.WINDOW_FULL),
          Map.entry("tcp.analysis.keep_alive", Finding.KEEP_ALIVE),
          Map.entry("tcp.analysis.keep_alive_ack", Finding.KEEP_ALIVE_ACK),
          Map.entry("tcp.analysis.reused_ports", Finding.PORTS_REUSED));

  private static final String MISSING = Bytes.utf8(" bytes missing in capture file").hex();

  private TsharkOracle() {}

  /** Every segment and every stream; gives the number of segments, so that none is noticed. */
  static int compare(Path file, TcpAnalysis tcp) throws IOException, InterruptedException {
    int rows = compareSegments(file, tcp);
    compareStreams(file, tcp);
    return rows;
  }

  static int compareSegments(Path file, TcpAnalysis tcp) throws IOException, InterruptedException {
    int segments = tcp.segments().size();
    assertThat(differences(file, tcp)).as("of %d segments", segments).isEmpty();
    return segments;
  }

  /** Segments that tshark reads otherwise: its row, a line break, ours. */
  public static List<String> differences(Path file, TcpAnalysis tcp)
      throws IOException, InterruptedException {
    List<String> findings = new ArrayList<>(FINDINGS.keySet());
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(List.of("-Y", "tcp", "-T", "fields", "-E", "occurrence=f"));
    for (String field :
        List.of(
            "frame.number",
            "tcp.stream",
            "tcp.seq",
            "tcp.ack",
            "tcp.len",
            "tcp.flags",
            "tcp.window_size",
            "tcp.seq_raw",
            "tcp.ack_raw",
            "tcp.analysis.retransmission",
            "tcp.analysis.duplicate_ack_num")) {
      command.addAll(List.of("-e", field));
    }
    findings.forEach(field -> command.addAll(List.of("-e", field)));
    List<String> theirs = run(command).lines().toList();
    List<String> ours = new ArrayList<>();
    Segments segments = tcp.segments();
    for (int i = 0; i < segments.size(); i++) {
      ours.add(row(segments, i));
    }
    List<String> expected = new ArrayList<>();
    for (String line : theirs) {
      expected.add(theirRow(line.split("\t", -1), findings));
    }
    List<String> differences = new ArrayList<>();
    Set<String> unseen = new HashSet<>();
    for (int i = 0; i < Math.max(ours.size(), expected.size()); i++) {
      String our = i < ours.size() ? ours.get(i) : "nothing";
      String their = i < expected.size() ? expected.get(i) : "nothing";
      String end = i < ours.size() ? segments.connection(i) + " " + segments.sender(i) : "";
      if (our.contains("ACKED_UNSEEN")) {
        unseen.add(end);
      }
      // tshark-differences.md: "Fast retransmissions without duplicate ACKs".
      boolean miscounted =
          unseen.contains(end)
              && their.contains("FAST_RETRANSMISSION")
              && (our.equals(their.replace("FAST_RETRANSMISSION", "RETRANSMISSION"))
                  || our.equals(their.replace("FAST_RETRANSMISSION", "OUT_OF_ORDER")));
      if (!our.equals(their) && !miscounted) {
        differences.add("tshark " + their + "\n  ours " + our);
      }
    }
    return differences;
  }

  private static String theirRow(String[] f, List<String> findings) {
    int flags = Integer.decode(f[5]) & 0xff;
    StringBuilder row = new StringBuilder();
    row.append(f[0]).append(" stream ").append(f[1]).append(" seq ").append(f[2]);
    row.append(" ack ").append((flags & Flags.ACK) == 0 ? "-1" : f[3]);
    row.append(" len ").append(f[4]).append(" flags ").append(flags).append(" win ").append(f[6]);
    row.append(" raw ").append(f[7]).append(' ').append(f[8]);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      if (!f[11 + i].isEmpty()) {
        names.add(String.valueOf(FINDINGS.get(findings.get(i))));
      }
    }
    if (!f[9].isEmpty()
        && !names.contains("FAST_RETRANSMISSION")
        && !names.contains("SPURIOUS_RETRANSMISSION")) {
      names.add("RETRANSMISSION");
    }
    row.append(" duplicate ").append(f[10].isEmpty() ? "0" : f[10]);
    return row.append(' ').append(names.stream().sorted().toList()).toString();
  }

  private static String row(Segments s, int i) {
    List<String> names = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      if (s.has(i, finding)
          && (finding == Finding.RETRANSMISSION || FINDINGS.containsValue(finding))) {
        names.add(finding.name());
      }
    }
    return s.frame(i)
        + " stream "
        + s.connection(i)
        + " seq "
        + s.seq(i)
        + " ack "
        + s.ack(i)
        + " len "
        + s.length(i)
        + " flags "
        + s.flags(i)
        + " win "
        + s.window(i)
        + " raw "
        + s.seqRaw(i)
        + " "
        + s.ackRaw(i)
        + " duplicate "
        + s.duplicates(i)
        + " "
        + names.stream().sorted().toList();
  }

  /** Both directions of all connections without a gap, as "Follow TCP Stream" shows them. */
  static void compareStreams(Path file, TcpAnalysis tcp) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-q"));
    for (Connection connection : tcp.connections()) {
      command.addAll(List.of("-z", "follow,tcp,raw," + connection.number()));
    }
    String[] parts = run(command).split("=+\nFollow: tcp,raw\n", -1);
    assertThat(parts).hasSize(tcp.connections().size() + 1);
    for (int i = 1; i < parts.length; i++) {
      int number = Integer.parseInt(parts[i].replaceFirst("(?s).*?tcp.stream eq (\\d+).*", "$1"));
      Connection connection = tcp.connections().get(number);
      List<String> lines = parts[i].lines().toList();
      String node0 = lines.get(1).replaceFirst("Node 0: ", "");
      boolean clientFirst = node0.equals(connection.client().toString());
      StringBuilder first = new StringBuilder();
      StringBuilder second = new StringBuilder();
      for (String line : lines.subList(3, lines.size())) {
        if (line.startsWith("=")) {
          break;
        }
        (line.startsWith("\t") ? second : first).append(line.strip());
      }
      check(connection.fromClient(), (clientFirst ? first : second).toString());
      check(connection.fromServer(), (clientFirst ? second : first).toString());
    }
  }

  /**
   * Where an acknowledgement outruns the data, tshark notes a gap and never fills it. Of a stream
   * that was begun before the capture, one tool may have the octets of a late segment in front.
   */
  private static void check(StreamView stream, String hex) {
    if (stream.cutOff() || hex.contains(MISSING)) {
      return;
    }
    String ours = stream.bytes().hex();
    if (stream.gapBefore() == Gap.BEFORE_CAPTURE) {
      assertThat(ours.endsWith(hex) || hex.endsWith(ours)).as(text(stream)).isTrue();
    } else {
      assertThat(ours).as(text(stream)).isEqualTo(hex);
    }
  }

  private static String text(StreamView stream) {
    return "connection " + stream.connection() + " from " + stream.sender();
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("tool", ".err");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new AssertionError(command.get(0) + " is missing: install it to run this test", e);
    }
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command.get(0)).isTrue();
    String said = Files.readString(errors);
    Files.delete(errors);
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    return out;
  }
}
