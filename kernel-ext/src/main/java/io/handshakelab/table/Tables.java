package io.handshakelab.table;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.problem.Problem;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.SignatureWalk;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The tables of a capture. Names, types and units of their columns are a contract: notebooks and
 * scripts rely on them. Times are seconds since the capture's first frame; what is not known is a
 * missing value.
 */
public final class Tables {
  private Tables() {}

  /** A row for each TCP segment, with the states of both ends after it. */
  public static Table tcp(Analysis analysis) {
    return TcpTables.tcp(start(analysis), analysis.tcp().segments(), analysis.tcp().connections());
  }

  /** A row for each change of state of either end of a TCP connection. */
  public static Table states(Analysis analysis) {
    return TcpTables.states(start(analysis), analysis.tcp().transitions());
  }

  /** A row for each TLS message. */
  public static Table tls(Analysis analysis) {
    return TlsTables.tls(start(analysis), analysis.tls().messages());
  }

  /**
   * A row for each field of one TLS message.
   *
   * @param message its row in the {@code tls} table, from 0
   */
  public static Table fields(Analysis analysis, int message) {
    List<TlsMessage> messages = analysis.tls().messages();
    if (message < 0 || message >= messages.size()) {
      throw messages.isEmpty()
          ? new Problem(
              "There is no TLS message in this capture",
              "Look at the tcp table to see what was captured")
          : new Problem(
              "There is no TLS message " + message,
              "Messages are counted as the rows of the tls table, from 0 to "
                  + (messages.size() - 1));
    }
    return TlsTables.fields(message, analysis.tls().fields(message));
  }

  /** A row for each HTTP request and response, in the clear or decrypted. */
  public static Table http(Analysis analysis) {
    return VisitTables.http(start(analysis), analysis.http());
  }

  /** A row for each DNS query and for each record of an answer. */
  public static Table dns(Analysis analysis) {
    return VisitTables.dns(start(analysis), analysis.dns());
  }

  /** A row for each phase of a visit. */
  public static Table timings(Analysis analysis) {
    return VisitTables.timings(start(analysis), analysis.phases());
  }

  /** A row for each certificate, those that do not belong to the chain last. */
  public static Table chain(List<ShownChain> chains) {
    return ChainTables.chain(ChainTables.rows(chains));
  }

  /**
   * A row for each step of each walk; {@code link} is the index of the certificate whose signature
   * is checked.
   */
  public static Table verify(List<SignatureWalk> walks) {
    return ChainTables.verify(walks);
  }

  /** The rows of one TCP connection. */
  public static Table connection(Table table, int conn) {
    if (!table.containsColumn("conn")) {
      throw new Problem(
          "The table " + table.name() + " does not belong to a TCP connection", "Leave --conn out");
    }
    return table.where(((IntColumn) table.column("conn")).isEqualTo(conn));
  }

  /** The first rows. */
  public static Table limit(Table table, int rows) {
    if (rows < 0) {
      throw new Problem("A table cannot have " + rows + " rows", "Give --limit 0 or more");
    }
    return rows >= table.rowCount() ? table : table.inRange(0, rows);
  }

  /**
   * Makes a first table, so that the next one comes at once: Tablesaw scans the whole class path
   * when it is first used. Call it in the background.
   */
  public static void warmUp() {
    Table table = new Rows("warm-up").ints("a").texts("b").add(1).add("b").table();
    TableHtml.of(connection(new Rows("tls").ints("conn").add(0).table(), 0));
    limit(table, 0);
  }

  private static long start(Analysis analysis) {
    return analysis.capture().startNanos();
  }

  static double seconds(long startNanos, long timeNanos) {
    return (timeNanos - startNanos) / 1e9;
  }
}
