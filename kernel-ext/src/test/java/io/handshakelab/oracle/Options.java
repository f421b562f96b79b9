package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;

/** Options of a program, put together. */
final class Options {
  private Options() {}

  static List<String> plus(List<String> some, String... more) {
    return plus(some, List.of(more));
  }

  static List<String> plus(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
