package io.handshakelab.table;

import io.handshakelab.analysis.Phase;
import io.handshakelab.dns.DnsRow;
import io.handshakelab.http.HttpMessage;
import java.util.List;
import tech.tablesaw.api.Table;

/** What a visit is made of, besides TCP and TLS. */
final class VisitTables {
  private VisitTables() {}

  static Table dns(long startNanos, List<DnsRow> messages) {
    Rows rows =
        new Rows("dns")
            .doubles("time")
            .ints("id")
            .texts("query", "type", "answer")
            .longs("ttl")
            .texts("rcode")
            .doubles("rtt_ms")
            .texts("evidence");
    for (DnsRow d : messages) {
      rows.add(Tables.seconds(startNanos, d.timeNanos()))
          .add(d.id())
          .add(d.query())
          .add(d.type())
          .add(d.answer())
          .add(d.ttl())
          .add(d.rcode())
          .add(d.rttMs())
          .add(d.evidence().label());
    }
    return rows.table();
  }

  static Table http(long startNanos, List<HttpMessage> messages) {
    Rows rows =
        new Rows("http")
            .ints("conn", "frame")
            .doubles("time")
            .texts("sender", "line", "header")
            .longs("body_length");
    for (HttpMessage h : messages) {
      rows.add(h.connection())
          .add(h.frame())
          .add(Tables.seconds(startNanos, h.timeNanos()))
          .add(h.sender().label())
          .add(h.line())
          .add(String.join("\n", h.headers()))
          .add(h.bodyLength());
    }
    return rows.table();
  }

  static Table timings(long startNanos, List<Phase> phases) {
    Rows rows =
        new Rows("timings")
            .ints("conn")
            .texts("phase")
            .doubles("start", "end", "ms", "round_trips")
            .texts("evidence");
    for (Phase p : phases) {
      rows.add(p.connection())
          .add(p.phase())
          .add(Tables.seconds(startNanos, p.startNanos()))
          .add(Tables.seconds(startNanos, p.endNanos()))
          .add((p.endNanos() - p.startNanos()) / 1e6)
          .add(p.roundTrips())
          .add(p.evidence().label());
    }
    return rows.table();
  }
}
