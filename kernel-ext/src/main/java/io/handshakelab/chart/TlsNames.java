package io.handshakelab.chart;

import io.handshakelab.chart.Ladder.Lock;
import io.handshakelab.chart.Ladder.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Which TLS messages a segment carries, wholly or in part. */
final class TlsNames {
  private static final int MOST_NAMES = 8;

  private final Map<String, List<Message>> byEnd = new HashMap<>();

  TlsNames(Table tls) {
    Cells.need(tls, "ladder", "conn", "frame", "sender", "type", "seq", "encrypted", "decrypted");
    for (Row row : tls) {
      if (Cells.text(row, "type").equals("Gap")) {
        // No segment carries what is missing.
        continue;
      }
      boolean encrypted = Cells.yes(row, "encrypted");
      byEnd
          .computeIfAbsent(
              end(Cells.integer(row, "conn", -1), Cells.text(row, "sender").equals("client")),
              e -> new ArrayList<>())
          .add(
              new Message(
                  Cells.integer(row, "frame", -1),
                  row.isMissing("seq") ? -1 : row.getLong("seq"),
                  name(row),
                  !encrypted ? Lock.NONE : Cells.yes(row, "decrypted") ? Lock.OPEN : Lock.CLOSED));
    }
  }

  /**
   * One message.
   *
   * @param frame where its last byte arrives
   * @param seq of the segment that carries its first byte
   */
  private record Message(int frame, long seq, String type, Lock lock) {
    /** What this segment has of it; empty if nothing. */
    String part(int inFrame, long inSeq) {
      if (frame == inFrame) {
        return seq < 0 || seq >= inSeq ? type : type + " (end)";
      }
      if (frame < inFrame || seq < 0 || seq > inSeq) {
        return "";
      }
      return seq == inSeq ? type + " (begins)" : type + " (goes on)";
    }
  }

  /** Empty for a segment that carries none. */
  List<Name> of(int conn, int frame, boolean fromClient, long seq, int length) {
    List<Name> names = new ArrayList<>();
    if (length == 0) {
      return names;
    }
    Map<Integer, Integer> times = new HashMap<>();
    for (Message message : byEnd.getOrDefault(end(conn, fromClient), List.of())) {
      String part = message.part(frame, seq);
      if (part.isEmpty()) {
        continue;
      }
      Name name = new Name(part, message.lock(), ink(message.type()));
      int last = names.size() - 1;
      if (last >= 0 && names.get(last).equals(name)) {
        times.merge(last, 2, (a, b) -> a + 1);
      } else {
        names.add(name);
      }
    }
    times.forEach((at, n) -> names.set(at, names.get(at).times(n)));
    if (names.size() > MOST_NAMES) {
      int more = names.size() - MOST_NAMES;
      names.subList(MOST_NAMES, names.size()).clear();
      names.add(new Name(more + " more", Lock.NONE, names.get(0).ink()));
    }
    return names;
  }

  /**
   * An alert is known by what it says: {@code close_notify (warning)} is how its summary begins.
   */
  private static String name(Row row) {
    String type = Cells.text(row, "type");
    boolean hasSummary = row.columnNames().contains("summary");
    String said = hasSummary && type.equals("Alert") ? Cells.text(row, "summary") : "";
    int end = said.indexOf(' ');
    String word = end < 0 ? said : said.substring(0, end);
    return word.isEmpty() ? type : type + " " + word;
  }

  private static Ink ink(String type) {
    if (type.startsWith("Alert")) {
      return Ink.WARNING;
    }
    return type.equals("ApplicationData") ? Ink.DATA : Ink.HANDSHAKE;
  }

  private static String end(int conn, boolean client) {
    return conn + (client ? " client" : " server");
  }
}
