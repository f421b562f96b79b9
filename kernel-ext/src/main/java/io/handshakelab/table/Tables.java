package io.handshakelab.table;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.problem.Problem;
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
    return Listings.tcp(analysis).table();
  }

  /** A row for each change of state of either end of a TCP connection. */
  public static Table states(Analysis analysis) {
    return Listings.states(analysis).table();
  }

  /** A row for each TLS message. */
  public static Table tls(Analysis analysis) {
    return Listings.tls(analysis).table();
  }

  /**
   * A row for each field of one TLS message.
   *
   * @param message its row in the {@code tls} table, from 0
   */
  public static Table fields(Analysis analysis, int message) {
    return Listings.fields(analysis, message).table();
  }

  /** A row for each HTTP request and response, in the clear or decrypted. */
  public static Table http(Analysis analysis) {
    return Listings.http(analysis).table();
  }

  /** A row for each DNS query and for each record of an answer. */
  public static Table dns(Analysis analysis) {
    return Listings.dns(analysis).table();
  }

  /** A row for each phase of a visit. */
  public static Table timings(Analysis analysis) {
    return Listings.timings(analysis).table();
  }

  /** A row for each certificate, those that do not belong to the chain last. */
  public static Table chain(List<ShownChain> chains) {
    return Listings.chain(chains).table();
  }

  /**
   * A row for each step of each walk; {@code link} is the index of the certificate whose signature
   * is checked.
   */
  public static Table verify(List<SignatureWalk> walks) {
    return Listings.verify(walks).table();
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
    Table table = new Rows(TableShape.of("warm-up").ints("a").texts("b")).add(1).add("b").table();
    TableHtml.of(connection(new Rows(TableShape.of("tls").ints("conn")).add(0).table(), 0));
    limit(table, 0);
  }
}
