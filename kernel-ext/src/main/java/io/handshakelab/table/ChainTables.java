package io.handshakelab.table;

import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  static Listing chain(List<Row> entries) {
    TableShape shape =
        TableShape.of("chain")
            .ints("conn", "index")
            .texts("category", "subject", "issuer", "serial", "not_before", "not_after")
            .texts("key", "signature_algorithm", "der_sha256")
            .booleans("sent", "trusted");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (Row row : entries) {
          if (sink.row(row.connection())) {
            ChainEntry e = row.entry();
            sink.add(row.connection())
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
        }
      }
    };
  }

  static Listing verify(List<SignatureWalk> walks) {
    TableShape shape =
        TableShape.of("verify")
            .ints("link", "step")
            .texts("name", "python", "value")
            .booleans("ok");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (SignatureWalk walk : walks) {
          Integer link = Integer.valueOf(walk.link());
          for (SignatureStep s : walk.steps()) {
            if (sink.row()) {
              sink.add(link)
                  .add(s.number())
                  .add(s.name())
                  .add(s.annotated())
                  .add(s.value())
                  .add(s.ok());
            }
          }
        }
      }
    };
  }
}
