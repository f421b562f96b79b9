package io.handshakelab.tls;

import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.InOrder;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.protection.KeyLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The TLS conversations of one capture. Fields and summaries are read when they are asked for. */
public final class TlsAnalysis {
  /** So many connections are read by one thread at a time. */
  private static final int PIECE = 32;

  private final IntToLongFunction timeOfFrame;
  private final KeyLog keyLog;
  private final SessionMemory sessions = new SessionMemory();
  private final RowOrder<TlsConnection> order = new RowOrder<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<CertificateList> certificates = new ArrayList<>();
  private final List<StreamView> plaintext = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<Integer> connections = new HashSet<>();
  private final MessageColumns columns;

  private Secrets opened = Secrets.NONE;

  private TlsAnalysis(Secrets secrets, IntToLongFunction timeOfFrame) {
    this.timeOfFrame = timeOfFrame;
    keyLog = KeyLog.of(secrets);
    columns = new MessageColumns(rows, timeOfFrame);
  }

  /** Reads the TLS connections among these, with the secrets of their capture. */
  public static TlsAnalysis of(TcpAnalysis tcp) {
    return of(tcp, new PlaintextLimit());
  }

  static TlsAnalysis of(TcpAnalysis tcp, PlaintextLimit limit) {
    return of(tcp.connections(), tcp.capture().secrets(), tcp.capture()::timeNanos, limit);
  }

  /** Reads connections by themselves. */
  static TlsAnalysis of(
      List<Connection> connections, Secrets secrets, IntToLongFunction timeOfFrame) {
    return of(connections, secrets, timeOfFrame, new PlaintextLimit());
  }

  private static TlsAnalysis of(
      List<Connection> connections,
      Secrets secrets,
      IntToLongFunction timeOfFrame,
      PlaintextLimit limit) {
    TlsAnalysis analysis = new TlsAnalysis(secrets, timeOfFrame);
    if (analysis.keyLog.isEmpty() && connections.size() > PIECE && InOrder.threads() > 1) {
      analysis.readInPieces(connections, limit);
    } else {
      for (Connection connection : connections) {
        analysis.add(connection, analysis.read(connection, limit));
      }
    }
    analysis.order.tellAll((read, place, frame) -> analysis.rows.add(read.row(place)));
    analysis.warnings.addAll(analysis.keyLog.warnings());
    analysis.opened =
        Secrets.ofKeyLog(String.join("\n", analysis.keyLog.serverKeys().keyLogLines()));
    return analysis;
  }

  /** In the order of the capture (frame, then position in the stream). */
  public List<TlsMessage> messages() {
    return columns;
  }

  /** The same messages, of which single values can be had for less than a whole message costs. */
  public MessageColumns columns() {
    return columns;
  }

  /** The leaves of message {@code number}, in order; they tile it. */
  public List<Field> fields(int number) {
    return Fields.of(rows.get(number));
  }

  public List<CertificateList> certificates() {
    return List.copyOf(certificates);
  }

  /** Decrypted application data, one view for each direction of each connection that has any. */
  public List<StreamView> plaintext() {
    return List.copyOf(plaintext);
  }

  /** Whether this connection speaks TLS. */
  public boolean isTls(int connection) {
    return connections.contains(connection);
  }

  /** Such as that no line of the key log matched. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Master secrets that private keys brought out: with them nobody needs the private keys. */
  public Secrets openedByPrivateKeys() {
    return opened;
  }

  /** What was read of one connection. */
  private record Read(ConnectionReader reader, TlsConnection rows) {}

  /** Without secrets, nothing ties one connection to another. */
  private void readInPieces(List<Connection> all, PlaintextLimit limit) {
    int count = (all.size() + PIECE - 1) / PIECE;
    int[] taken = {0};
    InOrder.<@Nullable Read[]>run(
        count,
        () ->
            number -> {
              int from = number * PIECE;
              @Nullable Read[] piece = new Read[Math.min(PIECE, all.size() - from)];
              for (int i = 0; i < piece.length; i++) {
                piece[i] = read(all.get(from + i), limit.alone());
              }
              return piece;
            },
        piece -> {
          for (Read read : piece) {
            Connection connection = all.get(taken[0]++);
            boolean fits = read == null || limit.take(read.rows.plaintext());
            add(connection, fits ? read : read(connection, limit));
          }
        });
  }

  private @Nullable Read read(Connection connection, PlaintextLimit limit) {
    ConnectionReader reader = ConnectionReader.of(connection, keyLog, sessions, limit);
    if (reader == null) {
      return null;
    }
    reader.read();
    TlsConnection rows = new TlsConnection(connection.number(), reader, timeOfFrame);
    rows.forgetMessages();
    return new Read(reader, rows);
  }

  private void add(Connection connection, @Nullable Read read) {
    if (read != null) {
      order.add(connection.number(), read.rows.frames(), read.rows);
      connections.add(connection.number());
      certificates.addAll(read.reader.certificates());
      plaintext.addAll(read.reader.plaintext());
      warnings.addAll(read.reader.warnings());
    }
  }
}
