package io.handshakelab.tls;

import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.protection.KeyLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** The TLS conversations of one capture. Fields are read when they are asked for. */
public final class TlsAnalysis {
  private final List<TlsMessage> messages = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<CertificateList> certificates = new ArrayList<>();
  private final List<StreamView> plaintext = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<Integer> connections = new HashSet<>();

  private Secrets opened = Secrets.NONE;

  private TlsAnalysis() {}

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
    TlsAnalysis analysis = new TlsAnalysis();
    KeyLog keyLog = KeyLog.of(secrets);
    SessionMemory sessions = new SessionMemory();
    RowOrder<TlsConnection> order = new RowOrder<>();
    for (Connection connection : connections) {
      ConnectionReader reader = ConnectionReader.of(connection, keyLog, sessions, limit);
      if (reader != null) {
        reader.read();
        analysis.add(connection.number(), reader);
        TlsConnection read = new TlsConnection(connection.number(), reader, timeOfFrame);
        order.add(connection.number(), read.frames(), read);
      }
    }
    order.tellAll(
        (read, place, frame) -> {
          analysis.messages.add(read.message(place, analysis.rows.size()));
          analysis.rows.add(read.row(place));
        });
    analysis.warnings.addAll(keyLog.warnings());
    analysis.opened = Secrets.ofKeyLog(String.join("\n", keyLog.serverKeys().keyLogLines()));
    return analysis;
  }

  /** In the order of the capture (frame, then position in the stream). */
  public List<TlsMessage> messages() {
    return Collections.unmodifiableList(messages);
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

  private void add(int connection, ConnectionReader reader) {
    connections.add(connection);
    certificates.addAll(reader.certificates());
    plaintext.addAll(reader.plaintext());
    warnings.addAll(reader.warnings());
  }
}
