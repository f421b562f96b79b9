package io.handshakelab.analysis;

import io.handshakelab.dns.DnsRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lookups: one phase for each name that was asked for and answered. */
final class DnsPhases {
  private DnsPhases() {}

  static List<Phase> of(List<DnsRow> rows) {
    Map<String, Turns> byName = new LinkedHashMap<>();
    for (DnsRow row : rows) {
      String name = row.query().toLowerCase(Locale.ROOT);
      boolean query = row.rcode() == null;
      byName
          .computeIfAbsent(name, key -> new Turns())
          .add(query, row.timeNanos(), row.timeNanos(), row.evidence());
    }
    List<Phase> phases = new ArrayList<>();
    for (Turns turns : byName.values()) {
      if (turns.roundTrips() > 0) {
        phases.add(turns.phase(null, "dns"));
      }
    }
    return phases;
  }
}
