package io.handshakelab.table;

import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Fate;
import java.util.List;

/** Who certified whom, and what a leaked key costs. */
final class CaTables {
  private CaTables() {}

  static Listing tree(CaTree tree, List<Fate> fates) {
    TableShape shape =
        TableShape.of("ca")
            .ints("index", "depth")
            .texts("category", "name", "issuer", "serial", "not_after", "key", "state")
            .booleans("believed")
            .texts("revoked");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (CaTree.Node node : tree.nodes()) {
          if (sink.row()) {
            Fate fate = fates.get(node.index());
            sink.add(node.index())
                .add(node.depth())
                .add(node.category().label())
                .add(node.name())
                .add(node.issuer())
                .add(node.serial())
                .add(node.notAfter().toString())
                .add(node.key())
                .add(fate.words())
                .add(fate.believed())
                .add(node.revoked());
          }
        }
      }
    };
  }

  static Listing comparison(CaComparison comparison) {
    TableShape shape = TableShape.of("ca").texts("question", "as_it_is", "root_signs_all");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (CaComparison.Row row : comparison.rows()) {
          if (sink.row()) {
            sink.add(row.question()).add(row.asItIs()).add(row.rootAlone());
          }
        }
      }
    };
  }
}
