package io.handshakelab.table;

import io.handshakelab.analysis.Phase;
import io.handshakelab.dns.DnsRow;
import io.handshakelab.http.HttpMessage;
import java.util.List;

/** What a visit is made of, besides TCP and TLS. */
final class VisitTables {
  private VisitTables() {}

  static Listing dns(long startNanos, List<DnsRow> messages) {
    TableShape shape =
        TableShape.of("dns")
            .doubles("time")
            .ints("id")
            .texts("query", "type", "answer")
            .longs("ttl")
            .texts("rcode")
            .doubles("rtt_ms")
            .texts("evidence");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (DnsRow d : messages) {
          if (sink.row()) {
            sink.seconds(d.timeNanos() - startNanos)
                .add(d.id())
                .add(d.query())
                .add(d.type())
                .add(d.answer())
                .add(d.ttl())
                .add(d.rcode())
                .add(d.rttMs())
                .add(d.evidence().label());
          }
        }
      }
    };
  }

  static Listing http(long startNanos, List<HttpMessage> messages) {
    TableShape shape =
        TableShape.of("http")
            .ints("conn", "frame")
            .doubles("time")
            .texts("sender", "line", "header")
            .longs("body_length");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (HttpMessage h : messages) {
          if (sink.row(h.connection())) {
            sink.add(h.connection())
                .add(h.frame())
                .seconds(h.timeNanos() - startNanos)
                .add(h.sender().label())
                .add(h.line())
                .add(String.join("\n", h.headers()))
                .add(h.bodyLength());
          }
        }
      }
    };
  }

  static Listing timings(long startNanos, List<Phase> phases) {
    TableShape shape =
        TableShape.of("timings")
            .ints("conn")
            .texts("phase")
            .doubles("start", "end", "ms", "round_trips")
            .texts("evidence");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (Phase p : phases) {
          if (sink.row(p.connection())) {
            sink.add(p.connection())
                .add(p.phase())
                .seconds(p.startNanos() - startNanos)
                .seconds(p.endNanos() - startNanos)
                .add((p.endNanos() - p.startNanos()) / 1e6)
                .add(p.roundTrips())
                .add(p.evidence().label());
          }
        }
      }
    };
  }
}
