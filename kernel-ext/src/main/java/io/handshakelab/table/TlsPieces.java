package io.handshakelab.table;

import io.handshakelab.tcp.InOrder;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.RowOrder;
import io.handshakelab.tls.TlsConnection;
import io.handshakelab.tls.TlsRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of the {@code tls} table on several threads: each reads some connections and
 * writes their rows, and whoever's turn it is puts these in the order of the capture.
 */
final class TlsPieces implements InOrder.Taker<TlsPieces.@Nullable Rows[]> {
  private static final int CONNECTIONS = 16;

  /** The rows of a connection with more of them are written when their turn comes. */
  private static final int MOST_WRITTEN_APART = 1 << 13;

  private final TcpAnalysis tcp;
  private final TlsRows source;
  private final RowWriter writer;
  private final RowOrder<Rows> order = new RowOrder<>();
  private final List<String> warnings = new ArrayList<>();
  private int plaintextLeft = TlsRows.plaintextOfCapture();
  private int taken;

  private TlsPieces(TcpAnalysis tcp, TlsRows source, RowWriter writer) {
    this.tcp = tcp;
    this.source = source;
    this.writer = writer;
  }

  /** Writes all rows; returns the warnings. */
  static List<String> write(TcpAnalysis tcp, TlsRows source, RowWriter writer) {
    TlsPieces pieces = new TlsPieces(tcp, source, writer);
    int count = (tcp.connectionCount() + CONNECTIONS - 1) / CONNECTIONS;
    InOrder.<@Nullable Rows[]>run(count, pieces::maker, pieces);
    pieces.order.tellAll(pieces::row);
    return pieces.warnings;
  }

  /** What was read of one connection: the rows as text, or so that they can be written. */
  static final class Rows {
    private final TlsConnection read;
    private byte[] text = {};
    private int[] ends = {};

    private Rows(TlsConnection read) {
      this.read = read;
    }
  }

  private InOrder.Maker<@Nullable Rows[]> maker() {
    RowWriter apart = writer.apart();
    long start = tcp.capture().startNanos();
    return number -> {
      int from = number * CONNECTIONS;
      @Nullable Rows[] piece = new Rows[Math.min(CONNECTIONS, tcp.connectionCount() - from)];
      for (int i = 0; i < piece.length; i++) {
        TlsConnection read = source.alone(from + i, TlsRows.plaintextOfCapture());
        piece[i] = read == null ? null : written(read, start, apart);
      }
      return piece;
    };
  }

  private static Rows written(TlsConnection read, long start, RowWriter apart) {
    Rows rows = new Rows(read);
    if (read.size() <= MOST_WRITTEN_APART) {
      rows.ends = new int[read.size()];
      for (int i = 0; i < read.size(); i++) {
        TlsTables.message(start, read, i, apart);
        rows.ends[i] = apart.mark();
      }
      rows.text = apart.take();
      read.forget();
    }
    return rows;
  }

  @Override
  public void take(@Nullable Rows[] piece) {
    for (Rows rows : piece) {
      int connection = taken++;
      order.tellBefore(tcp.firstFrame(connection), this::row);
      if (rows != null) {
        Rows within = withinLimit(connection, rows);
        plaintextLeft -= within.read.plaintext();
        warnings.addAll(within.read.warnings());
        order.add(connection, within.read.frames(), within);
      }
    }
  }

  /** What others have taken is not known before it is this connection's turn. */
  private Rows withinLimit(int connection, Rows rows) {
    if (rows.read.plaintext() <= plaintextLeft) {
      return rows;
    }
    TlsConnection again = source.alone(connection, plaintextLeft);
    return again == null ? rows : new Rows(again);
  }

  private void row(Rows rows, int place, int frame) {
    if (rows.ends.length == 0) {
      TlsTables.message(tcp.capture().startNanos(), rows.read, place, writer);
    } else {
      writer.add(rows.text, place == 0 ? 0 : rows.ends[place - 1], rows.ends[place]);
    }
  }
}
