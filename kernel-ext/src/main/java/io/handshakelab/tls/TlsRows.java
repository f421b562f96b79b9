package io.handshakelab.tls;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.protection.KeyLog;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of {@link TlsAnalysis}, told one after the other and not kept: connections are read
 * when their first frame comes, and forgotten when their last row was told.
 */
public final class TlsRows {
  private final Taker taker;
  private final TcpAnalysis tcp;
  private int number;

  /** Takes messages in the order of the capture. */
  public interface Taker {
    void take(TlsMessage message);
  }

  private TlsRows(TcpAnalysis tcp, Taker taker) {
    this.tcp = tcp;
    this.taker = taker;
  }

  /** Tells all messages; returns warnings as {@link TlsAnalysis#warnings}. */
  public static List<String> tell(TcpAnalysis tcp, Taker taker) {
    return new TlsRows(tcp, taker).tell();
  }

  private List<String> tell() {
    List<String> warnings = new ArrayList<>();
    KeyLog keyLog = KeyLog.of(tcp.capture().secrets());
    SessionMemory sessions = new SessionMemory();
    PlaintextLimit limit = new PlaintextLimit();
    RowOrder order = new RowOrder();
    RowOrder.Taker teller = new Teller();
    for (int i = 0; i < tcp.connectionCount(); i++) {
      order.tellBefore(tcp.firstFrame(i), teller);
      Connection connection = tcp.connection(i);
      ConnectionReader reader = ConnectionReader.of(connection, keyLog, sessions, limit);
      if (reader != null) {
        reader.read();
        warnings.addAll(reader.warnings());
        order.add(i, reader.rows(), reader.version());
      }
    }
    order.tellAll(teller);
    warnings.addAll(keyLog.warnings());
    return warnings;
  }

  private final class Teller implements RowOrder.Taker {
    @Override
    public void take(Row row, int frame, int version) {
      taker.take(row.message(number++, tcp.capture().timeNanos(frame), version));
    }
  }
}
