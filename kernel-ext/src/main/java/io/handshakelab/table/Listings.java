package io.handshakelab.table;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.ResourceSample;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Fate;
import io.handshakelab.x509.SignatureWalk;
import java.util.List;
import java.util.Map;

/** What {@link Tables} makes tables of, for those who want to write rows and not to keep them. */
public final class Listings {
  private Listings() {}

  public static Listing tcp(Analysis analysis) {
    return TcpTables.tcp(analysis.tcp());
  }

  /** A row for each rule of the state machine of TCP. */
  public static Listing rules() {
    return TcpTables.rules();
  }

  public static Listing states(Analysis analysis) {
    return TcpTables.states(start(analysis), analysis.tcp().transitions());
  }

  /** The scenarios that there are, each with what to look for in it. */
  public static Listing scenarios(Map<String, String> sentences) {
    return SimulationTables.scenarios(sentences);
  }

  /** What a simulated port held, in at most so many rows. */
  public static Listing resources(List<ResourceSample> samples, int most) {
    return SimulationTables.resources(samples, most);
  }

  public static Listing tls(Analysis analysis) {
    return new TlsListing(start(analysis), analysis.tls().columns());
  }

  /** As {@link #tls}, but nothing of it is kept: for captures larger than the memory. */
  public static TlsStream tlsStream(TcpAnalysis tcp) {
    return new TlsStream(tcp);
  }

  /**
   * As {@link Tables#fields}.
   *
   * @throws Problem if there is no such message
   */
  public static Listing fields(Analysis analysis, int message) {
    return TlsTables.fields(message, leaves(analysis, message));
  }

  /**
   * The bytes of a message as text, each field with its name beside them.
   *
   * @throws Problem if there is no such message
   */
  public static String fieldDump(Analysis analysis, int message) {
    return FieldDump.of(leaves(analysis, message));
  }

  private static List<Field> leaves(Analysis analysis, int message) {
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
    return analysis.tls().fields(message);
  }

  public static Listing http(Analysis analysis) {
    return VisitTables.http(start(analysis), analysis.http());
  }

  public static Listing dns(Analysis analysis) {
    return VisitTables.dns(start(analysis), analysis.dns());
  }

  public static Listing timings(Analysis analysis) {
    return VisitTables.timings(start(analysis), analysis.phases());
  }

  public static Listing chain(List<ShownChain> chains) {
    return ChainTables.chain(ChainTables.rows(chains));
  }

  public static Listing verify(List<SignatureWalk> walks) {
    return ChainTables.verify(walks);
  }

  /**
   * A row for each certificate of a tree.
   *
   * @param fates what became of each, by its index
   */
  public static Listing ca(CaTree tree, List<Fate> fates) {
    return CaTables.tree(tree, fates);
  }

  /** What a leaked key costs with intermediates, and without. */
  public static Listing ca(CaComparison comparison) {
    return CaTables.comparison(comparison);
  }

  /** The rows of a table that is there already. */
  public static Listing of(tech.tablesaw.api.Table table) {
    return new TableListing(table);
  }

  private static long start(Analysis analysis) {
    return analysis.capture().startNanos();
  }
}
