package io.handshakelab.table;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpState;
import io.handshakelab.tcp.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** What TCP says. */
final class TcpTables {
  private TcpTables() {}

  static Table tcp(long startNanos, Segments segments, List<Connection> connections) {
    List<String> clients = connections.stream().map(c -> c.client().toString()).toList();
    List<String> servers = connections.stream().map(c -> c.server().toString()).toList();
    Rows rows = tcpRows();
    for (int i = 0; i < segments.size(); i++) {
      int conn = segments.connection(i);
      Sender sender = segments.sender(i);
      boolean fromClient = sender == Sender.CLIENT;
      boolean acknowledges = segments.ack(i) >= 0;
      rows.add(segments.frame(i))
          .add(Tables.seconds(startNanos, segments.timeNanos(i)))
          .add(conn)
          .add(sender.label())
          .add((fromClient ? clients : servers).get(conn))
          .add((fromClient ? servers : clients).get(conn))
          .add(segments.flagNames(i))
          .add(segments.seq(i))
          .add(acknowledges ? (Long) segments.ack(i) : null)
          .add(segments.length(i))
          .add(segments.window(i))
          .add(segments.seqRaw(i))
          .add(segments.ackRaw(i))
          .add(label(segments.clientState(i)))
          .add(label(segments.serverState(i)))
          .add(segments.note(i))
          .add(segments.evidence(i).label());
    }
    return rows.table();
  }

  static Rows tcpRows() {
    return new Rows("tcp")
        .ints("frame")
        .doubles("time")
        .ints("conn")
        .texts("sender", "src", "dst", "flags")
        .longs("seq", "ack")
        .ints("len", "win")
        .longs("seq_raw", "ack_raw")
        .texts("client_state", "server_state", "note", "evidence");
  }

  static Table states(long startNanos, List<Transition> transitions) {
    Rows rows =
        new Rows("states")
            .ints("conn")
            .doubles("time")
            .texts("endpoint", "from", "event", "to")
            .ints("frame")
            .texts("rfc", "evidence");
    for (Transition t : transitions) {
      rows.add(t.connection())
          .add(Tables.seconds(startNanos, t.timeNanos()))
          .add(t.endpoint().label())
          .add(label(t.from()))
          .add(t.event())
          .add(t.to().label())
          .add(t.frame())
          .add(t.rfc())
          .add(t.evidence().label());
    }
    return rows.table();
  }

  private static @Nullable String label(@Nullable TcpState state) {
    return state == null ? null : state.label();
  }
}
