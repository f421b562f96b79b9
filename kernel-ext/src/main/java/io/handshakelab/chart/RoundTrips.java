package io.handshakelab.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.Table;

/**
 * How long each segment waited for its acknowledgement (RFC 6298 §3): from the moment at which the
 * capture shows it to the first segment of the other end that acknowledges its last octet. What was
 * sent more than once gives no sample (Karn's rule), and neither does an acknowledgement that was
 * made up.
 */
final class RoundTrips {
  /** Milliseconds since the first frame, and milliseconds until the acknowledgement. */
  record Sample(double at, double ms) {}

  /** Sent by whom, up to which number, when. */
  private record Waiting(String key, long end, double time) {
    /** The same, whenever it was sent. */
    Waiting ever() {
      return new Waiting(key, end, 0);
    }
  }

  private RoundTrips() {}

  /** Samples by a name for the direction, such as {@code conn 1 client → server}. */
  static Map<String, List<Sample>> of(Table tcp) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    List<Waiting> waiting = new ArrayList<>();
    Set<Waiting> sentBefore = new HashSet<>();
    for (int row = 0; row < tcp.rowCount(); row++) {
      boolean fromClient = tcp.stringColumn("sender").get(row).equals("client");
      int connection = tcp.intColumn("conn").getInt(row);
      double time = tcp.doubleColumn("time").getDouble(row) * 1000;
      String other = name(connection, !fromClient);
      if (!tcp.longColumn("ack").isMissing(row)
          && !tcp.stringColumn("evidence").get(row).equals("inferred")) {
        long ack = tcp.longColumn("ack").getLong(row);
        for (Iterator<Waiting> i = waiting.iterator(); i.hasNext(); ) {
          Waiting sent = i.next();
          if (sent.key().equals(other) && sent.end() <= ack) {
            Sample sample = new Sample(sent.time(), time - sent.time());
            samples.computeIfAbsent(other, k -> new ArrayList<>()).add(sample);
            i.remove();
          }
        }
      }
      String flags = tcp.stringColumn("flags").get(row);
      long taken =
          (long) tcp.intColumn("len").getInt(row)
              + (flags.contains("SYN") ? 1 : 0)
              + (flags.contains("FIN") ? 1 : 0);
      if (taken > 0) {
        String own = name(connection, fromClient);
        long end = tcp.longColumn("seq").getLong(row) + taken;
        Waiting sent = new Waiting(own, end, time);
        if (sentBefore.contains(sent.ever())) {
          waiting.removeIf(earlier -> earlier.ever().equals(sent.ever()));
        } else {
          sentBefore.add(sent.ever());
          waiting.add(sent);
        }
      }
    }
    return samples;
  }

  private static String name(int connection, boolean fromClient) {
    return "conn " + connection + (fromClient ? " client → server" : " server → client");
  }
}
