package io.handshakelab.table;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.InOrder;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.StateRules;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tcp.TcpState;
import io.handshakelab.tcp.Transition;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What TCP says. */
final class TcpTables {
  /** So many segments are written by one thread at a time. */
  private static final int PIECE = 512;

  private TcpTables() {}

  static TableShape tcpShape() {
    return TableShape.of("tcp")
        .ints("frame")
        .doubles("time")
        .ints("conn")
        .texts("sender", "src", "dst", "flags")
        .longs("seq", "ack")
        .ints("len", "win")
        .longs("seq_raw", "ack_raw")
        .texts("client_state", "server_state", "note", "evidence");
  }

  static Listing tcp(TcpAnalysis tcp) {
    long startNanos = tcp.capture().startNanos();
    Segments segments = tcp.segments();
    return new Listing(tcpShape()) {
      @Override
      void tell(RowSink sink) {
        tellFrom(0, segments.size(), new EndNames(tcp), sink);
      }

      @Override
      boolean writeInPieces(RowWriter writer) {
        if (segments.size() == 0) {
          return false;
        }
        segments.clientState(0); // so that the states of all are found out once
        int count = (segments.size() + PIECE - 1) / PIECE;
        InOrder.run(
            count, () -> maker(writer.apart()), piece -> writer.add(piece, 0, piece.length));
        return true;
      }

      private InOrder.Maker<byte[]> maker(RowWriter apart) {
        EndNames names = new EndNames(tcp);
        return number -> {
          int from = number * PIECE;
          tellFrom(from, Math.min(segments.size(), from + PIECE), names, apart);
          return apart.take();
        };
      }

      private void tellFrom(int from, int to, EndNames names, RowSink sink) {
        for (int i = from; i < to && !sink.isFull(); i++) {
          if (sink.row(segments.connection(i))) {
            segment(startNanos, segments, i, names, sink);
          }
        }
      }
    };
  }

  private static void segment(
      long startNanos, Segments segments, int i, EndNames names, RowSink sink) {
    int conn = segments.connection(i);
    Sender sender = segments.sender(i);
    boolean fromClient = sender == Sender.CLIENT;
    sink.add(segments.frame(i))
        .seconds(segments.timeNanos(i) - startNanos)
        .add(conn)
        .add(sender.label())
        .add(names.of(conn, fromClient))
        .add(names.of(conn, !fromClient))
        .add(segments.flagNames(i))
        .add(segments.seq(i));
    long ack = segments.ack(i);
    if (ack < 0) {
      sink.missing();
    } else {
      sink.add(ack);
    }
    sink.add(segments.length(i))
        .add(segments.window(i))
        .add(segments.seqRaw(i))
        .add(segments.ackRaw(i))
        .add(label(segments.clientState(i)))
        .add(label(segments.serverState(i)))
        .add(segments.note(i))
        .add(segments.evidence(i).label());
  }

  /** What the ends of connections are called, of those that were asked for lately. */
  private static final class EndNames {
    private static final int KEPT = 4096;

    private final TcpAnalysis tcp;
    private final int[] connections = new int[KEPT];
    private final String[] clients = new String[KEPT];
    private final String[] servers = new String[KEPT];

    private EndNames(TcpAnalysis tcp) {
      this.tcp = tcp;
      Arrays.fill(connections, -1);
    }

    private String of(int connection, boolean client) {
      int slot = connection % KEPT;
      if (connections[slot] != connection) {
        Connection ends = tcp.connection(connection);
        connections[slot] = connection;
        clients[slot] = ends.client().toString();
        servers[slot] = ends.server().toString();
      }
      return client ? clients[slot] : servers[slot];
    }
  }

  static Listing rules() {
    return new Listing(TableShape.of("rules").texts("from", "event", "action", "to", "rfc")) {
      @Override
      void tell(RowSink sink) {
        for (StateRule rule : StateRules.all()) {
          if (sink.row()) {
            sink.add(rule.from().label())
                .add(rule.event().label())
                .add(rule.action())
                .add(rule.to().label())
                .add(rule.rfc());
          }
        }
      }
    };
  }

  static Listing states(long startNanos, List<Transition> transitions) {
    TableShape shape =
        TableShape.of("states")
            .ints("conn")
            .doubles("time")
            .texts("endpoint", "from", "event", "to")
            .ints("frame")
            .texts("rfc", "evidence");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (Transition t : transitions) {
          if (sink.row(t.connection())) {
            sink.add(t.connection())
                .seconds(t.timeNanos() - startNanos)
                .add(t.endpoint().label())
                .add(label(t.from()))
                .add(t.event())
                .add(t.to().label())
                .add(t.frame())
                .add(t.rfc())
                .add(t.evidence().label());
          }
        }
      }
    };
  }

  private static @Nullable String label(@Nullable TcpState state) {
    return state == null ? null : state.label();
  }
}
