package io.handshakelab.tls;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The rows of single connections: kept, or read once more when somebody wants to see one of them.
 * What was read last stays for a while, for mostly the next question is about the same connection.
 * For several threads at once.
 */
final class ConnectionRows {
  /** So many rows of connections that were read again stay. */
  private static final int MOST_ROWS = 1 << 13;

  private final IntFunction<TlsConnection> reader;
  private final Map<Integer, TlsConnection> kept = new HashMap<>();

  /** The one asked for last comes last. */
  private final Map<Integer, TlsConnection> recent = new LinkedHashMap<>();

  private int recentRows;

  /**
   * @param reader reads a connection that is not kept, with the same result as the first time
   */
  ConnectionRows(IntFunction<TlsConnection> reader) {
    this.reader = reader;
  }

  synchronized void keep(TlsConnection rows) {
    kept.put(rows.connection(), rows);
  }

  synchronized TlsConnection of(int connection) {
    TlsConnection known = kept.get(connection);
    if (known != null) {
      return known;
    }
    TlsConnection rows = recent.remove(connection);
    if (rows == null) {
      rows = reader.apply(connection);
      recentRows += rows.size();
      var oldest = recent.values().iterator();
      while (recentRows > MOST_ROWS && oldest.hasNext()) {
        recentRows -= oldest.next().size();
        oldest.remove();
      }
    }
    recent.put(connection, rows);
    return rows;
  }
}
