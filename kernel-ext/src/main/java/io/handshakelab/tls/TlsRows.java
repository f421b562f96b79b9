package io.handshakelab.tls;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.message.Fingerprint;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one capture in the order of {@link TlsAnalysis#messages}, without keeping them:
 * for captures whose messages are larger than the memory. Connections are read when their first
 * frame comes, and forgotten when their last row was told.
 */
public final class TlsRows {
  private final TcpAnalysis tcp;
  private final KeyLog keyLog;
  private final SessionMemory sessions = new SessionMemory();
  private int number;

  /** Takes messages in the order of the capture. */
  public interface Taker {
    void take(TlsMessage message);
  }

  private TlsRows(TcpAnalysis tcp) {
    this.tcp = tcp;
    this.keyLog = KeyLog.of(tcp.capture().secrets());
  }

  public static TlsRows of(TcpAnalysis tcp) {
    return new TlsRows(tcp);
  }

  /**
   * Gets ready what every reading needs and takes a while to load: to be called while something
   * else is waited for.
   */
  public static void prepare() {
    Registry.VERSION.name(0);
    Registry.HANDSHAKE_TYPE.name(0);
    Registry.CIPHER_SUITE.name(0);
    Registry.EXTENSION.name(0);
    Registry.NAMED_GROUP.name(0);
    Registry.SIGNATURE_SCHEME.name(0);
    Fingerprint.prepare();
  }

  /** Tells all messages; returns warnings as {@link TlsAnalysis#warnings}. */
  public static List<String> tell(TcpAnalysis tcp, Taker taker) {
    return new TlsRows(tcp).tell(taker);
  }

  /**
   * Whether each connection can be read {@linkplain #alone}: only secrets tie one to another, for
   * what opens one may open those that resume its session.
   */
  public boolean areIndependent() {
    return keyLog.isEmpty();
  }

  /**
   * The messages of one connection, read by any thread if connections {@linkplain #areIndependent
   * are independent}; null if it has none.
   *
   * @param plaintextLeft how many octets of decrypted data this connection may keep: there are
   *     ciphers that only pretend
   */
  public @Nullable TlsConnection alone(int connection, int plaintextLeft) {
    return read(connection, new PlaintextLimit(PlaintextLimit.OF_CONNECTION, plaintextLeft));
  }

  /** Octets of decrypted data that are kept of all connections together. */
  public static int plaintextOfCapture() {
    return PlaintextLimit.OF_CAPTURE;
  }

  private List<String> tell(Taker taker) {
    List<String> warnings = new ArrayList<>();
    PlaintextLimit limit = new PlaintextLimit();
    RowOrder<TlsConnection> order = new RowOrder<>();
    RowOrder.Taker<TlsConnection> teller =
        (rows, place, frame) -> taker.take(rows.message(place, number++));
    for (int i = 0; i < tcp.connectionCount(); i++) {
      order.tellBefore(tcp.firstFrame(i), teller);
      TlsConnection rows = read(i, limit);
      if (rows != null) {
        warnings.addAll(rows.warnings());
        order.add(i, rows.frames(), rows);
      }
    }
    order.tellAll(teller);
    warnings.addAll(keyLog.warnings());
    return warnings;
  }

  private @Nullable TlsConnection read(int number, PlaintextLimit limit) {
    Connection connection = tcp.connection(number);
    ConnectionReader reader = ConnectionReader.of(connection, keyLog, sessions, limit);
    if (reader == null) {
      return null;
    }
    reader.read();
    return new TlsConnection(number, reader, tcp.capture()::timeNanos);
  }
}
