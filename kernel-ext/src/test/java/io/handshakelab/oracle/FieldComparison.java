package io.handshakelab.oracle;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one handshake message: each of tshark's fields must be one of our leaves or a run
 * of them, hold the same octets, and bear the same name where both know one.
 */
final class FieldComparison {
  /** Where tshark names what a number stands for, in the form {@code Label: name (number)}. */
  private static final List<String> NAMED =
      List.of(
          "tls.handshake.ciphersuite",
          "tls.handshake.extension.type",
          "tls.handshake.extensions_supported_group",
          "tls.handshake.extensions_key_share_group",
          "tls.handshake.server_named_curve",
          "tls.handshake.sig_hash_alg",
          "tls.handshake.comp_method");

  private final TheirMessage their;
  private final TlsMessage our;
  private final List<Difference> differences;

  private FieldComparison(TheirMessage their, TlsMessage our, List<Difference> differences) {
    this.their = their;
    this.our = our;
    this.differences = differences;
  }

  static void of(
      TheirMessage their, TlsMessage our, List<Field> fields, List<Difference> differences) {
    new FieldComparison(their, our, differences).compare(fields);
  }

  private void compare(List<Field> fields) {
    Map<Integer, Field> starts = new HashMap<>();
    Map<Integer, Field> ends = new HashMap<>();
    for (Field field : fields) {
      if (!field.bytes().isEmpty()) {
        starts.put(field.offset(), field);
        ends.put(field.offset() + field.bytes().length(), field);
      }
      if (field.path().contains("malformed")) {
        add("malformed " + bare(field.path()), field.path(), "nothing", field.value());
      }
    }
    int shift = TlsComparison.isSslV2(our) ? 2 : 0;
    for (TheirLeaf leaf : their.leaves) {
      compare(leaf.shifted(shift), starts, ends);
    }
  }

  private void compare(TheirLeaf leaf, Map<Integer, Field> starts, Map<Integer, Field> ends) {
    int end = leaf.offset() + leaf.length();
    if (leaf.offset() < 0 || end > our.bytes().length()) {
      add("outside " + leaf.name(), leaf.name(), leaf.offset() + " to " + end, "a shorter message");
      return;
    }
    Bytes bytes = our.bytes().slice(leaf.offset(), end);
    if (!bytes.hex().equals(leaf.hex())) {
      add("bytes " + leaf.name(), leaf.name(), leaf.hex(), bytes.hex());
    }
    Field first = starts.get(leaf.offset());
    Field last = ends.get(end);
    if (first == null || last == null) {
      add("inside " + leaf.name(), leaf.name(), leaf.offset() + " to " + end, "part of a leaf");
    } else if (first.equals(last) && NAMED.contains(leaf.name())) {
      name(leaf, first);
    }
  }

  private void name(TheirLeaf leaf, Field field) {
    String name = leaf.text().replaceFirst("^[^:]*: ", "").replaceFirst(" \\([^()]*\\)$", "");
    boolean grease = name.equals("Reserved (GREASE)") && field.value().startsWith("GREASE (");
    if (!name.equals(field.value()) && !name.startsWith("Unknown") && !grease) {
      String key = "name " + leaf.name() + " " + leaf.hex() + " " + name + " / " + field.value();
      add(key, field.path(), leaf.text(), field.value());
    }
  }

  private void add(String key, String where, String theirs, String ours) {
    differences.add(new Difference(key, TlsComparison.place(our) + " " + where, theirs, ours));
  }

  private static String bare(String path) {
    return path.replaceAll("\\[[0-9]+\\]", "");
  }
}
