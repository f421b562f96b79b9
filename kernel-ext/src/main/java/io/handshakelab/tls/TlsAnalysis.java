package io.handshakelab.tls;

import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.InOrder;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.protection.KeyLog;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The TLS conversations of one capture. Fields and summaries are read when they are asked for. */
public final class TlsAnalysis {
  /** So many connections are read by one thread at a time. */
  private static final int PIECE = 32;

  /** A connection with more messages is kept as it was read: to read it again would take long. */
  private static final int MOST_READ_AGAIN = 256;

  private final int count;
  private final IntFunction<Connection> connections;
  private final PlaintextLimit limit;
  private final IntToLongFunction timeOfFrame;
  private final KeyLog keyLog;
  private final SessionMemory sessions = new SessionMemory();
  private final MessageStore store = new MessageStore();
  private final ConnectionRows rows;
  private final List<CertificateList> certificates = new ArrayList<>();
  private final List<StreamView> plaintext = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final BitSet speakTls = new BitSet();
  private final MessageColumns columns;
  private final Secrets opened;

  private TlsAnalysis(
      int count,
      IntFunction<Connection> connections,
      KeyLog keyLog,
      IntToLongFunction timeOfFrame,
      PlaintextLimit limit) {
    this.count = count;
    this.connections = connections;
    this.keyLog = keyLog;
    this.timeOfFrame = timeOfFrame;
    this.limit = limit;
    rows = new ConnectionRows(this::readAgain);
    if (areIndependent(count, keyLog)) {
      readInPieces();
    } else {
      for (int i = 0; i < count; i++) {
        keep(read(i, limit));
      }
    }
    columns = new MessageColumns(store, rows, timeOfFrame);
    warnings.addAll(keyLog.warnings());
    opened = Secrets.ofKeyLog(String.join("\n", keyLog.serverKeys().keyLogLines()));
  }

  /** Reads the TLS connections among these, with the secrets of their capture. */
  public static TlsAnalysis of(TcpAnalysis tcp) {
    return of(tcp, new PlaintextLimit());
  }

  static TlsAnalysis of(TcpAnalysis tcp, PlaintextLimit limit) {
    KeyLog keyLog = KeyLog.of(tcp.capture().secrets());
    int count = tcp.connectionCount();
    // What is read of a connection refers to it; what is not kept should not keep that either.
    IntFunction<Connection> connections =
        areIndependent(count, keyLog) ? tcp::connection : tcp.connections()::get;
    return new TlsAnalysis(count, connections, keyLog, tcp.capture()::timeNanos, limit);
  }

  /** Reads connections by themselves. */
  static TlsAnalysis of(
      List<Connection> connections, Secrets secrets, IntToLongFunction timeOfFrame) {
    return new TlsAnalysis(
        connections.size(),
        connections::get,
        KeyLog.of(secrets),
        timeOfFrame,
        new PlaintextLimit());
  }

  /** Without secrets, nothing ties one connection to another. */
  private static boolean areIndependent(int count, KeyLog keyLog) {
    return keyLog.isEmpty() && count > PIECE;
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
    return Fields.of(columns.row(number));
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
    return speakTls.get(connection);
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
  private record Read(ConnectionReader reader, TlsConnection rows) {
    /** Whether reading it again would give all that there is, soon. */
    private boolean canBeHadAgain() {
      return reader.plaintextKept() == 0
          && reader.warnings().isEmpty()
          && rows.size() <= MOST_READ_AGAIN;
    }
  }

  /** Some connections, one after the other. */
  private static final class Piece {
    private final int from;
    private final List<@Nullable Read> reads = new ArrayList<>(PIECE);

    /** The messages of all of them; null if more of them has to be kept. */
    private @Nullable MessageStore shown;

    private Piece(int from) {
      this.from = from;
    }
  }

  private void readInPieces() {
    int pieces = (count + PIECE - 1) / PIECE;
    InOrder.<Piece>run(pieces, () -> number -> piece(number * PIECE), this::take);
  }

  private Piece piece(int from) {
    Piece piece = new Piece(from);
    MessageStore shown = new MessageStore();
    boolean isEnough = true;
    for (int i = from; i < Math.min(count, from + PIECE); i++) {
      Read read = read(i, limit.alone());
      piece.reads.add(read);
      if (read != null) {
        shown.add(read.rows);
        isEnough &= read.canBeHadAgain();
      }
    }
    piece.shown = isEnough ? shown : null;
    return piece;
  }

  private void take(Piece piece) {
    if (piece.shown != null) {
      store.add(piece.shown);
    }
    int number = piece.from;
    for (Read read : piece.reads) {
      if (piece.shown == null) {
        boolean fits = read == null || limit.take(read.rows.plaintext());
        keep(fits ? read : read(number, limit));
      } else if (read != null) {
        note(read);
      }
      number++;
    }
  }

  private @Nullable Read read(int number, PlaintextLimit most) {
    Connection connection = connections.apply(number);
    ConnectionReader reader = ConnectionReader.of(connection, keyLog, sessions, most);
    if (reader == null) {
      return null;
    }
    reader.read();
    TlsConnection read = new TlsConnection(connection.number(), reader, timeOfFrame);
    read.forgetMessages();
    return new Read(reader, read);
  }

  private TlsConnection readAgain(int number) {
    Read read = read(number, limit.alone());
    if (read == null) {
      throw new IllegalStateException("connection " + number + " changed while it was looked at");
    }
    return read.rows;
  }

  private void keep(@Nullable Read read) {
    if (read != null) {
      note(read);
      store.add(read.rows);
      rows.keep(read.rows);
      plaintext.addAll(read.reader.plaintext());
      warnings.addAll(read.reader.warnings());
    }
  }

  private void note(Read read) {
    speakTls.set(read.rows.connection());
    certificates.addAll(read.reader.certificates());
  }
}
