package io.handshakelab.table;

import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Certificates and the steps by which their signatures are checked. */
final class ChainTables {
  private ChainTables() {}

  record Row(@Nullable Integer connection, ChainEntry entry) {}

  static List<Row> rows(List<ShownChain> chains) {
    return chains.stream()
        .flatMap(
            shown ->
                Stream.concat(shown.chain().entries().stream(), shown.chain().extras().stream())
                    .map(entry -> new Row(shown.connection(), entry)))
        .toList();
  }

  static Table chain(List<Row> entries) {
    Rows rows =
        new Rows("chain")
            .ints("conn", "index")
            .texts("category", "subject", "issuer", "serial", "not_before", "not_after")
            .texts("key", "signature_algorithm", "der_sha256")
            .booleans("sent", "trusted");
    for (Row row : entries) {
      ChainEntry e = row.entry();
      rows.add(row.connection())
          .add(e.index())
          .add(e.category().label())
          .add(e.subject())
          .add(e.issuer())
          .add(e.serial())
          .add(e.notBefore().toString())
          .add(e.notAfter().toString())
          .add(e.key())
          .add(e.signatureAlgorithm())
          .add(e.sha256())
          .add(e.sent())
          .add(e.trusted());
    }
    return rows.table();
  }

  static Table verify(List<SignatureWalk> walks) {
    Rows rows =
        new Rows("verify").ints("link", "step").texts("name", "python", "value").booleans("ok");
    for (SignatureWalk walk : walks) {
      Integer link = Integer.valueOf(walk.link());
      for (SignatureStep s : walk.steps()) {
        rows.add(link).add(s.number()).add(s.name()).add(s.python()).add(s.value()).add(s.ok());
      }
    }
    return rows.table();
  }
}
