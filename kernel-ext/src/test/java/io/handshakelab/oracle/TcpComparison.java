package io.handshakelab.oracle;

import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tcp.TsharkOracle;
import java.nio.file.Path;
import java.util.List;

/** Every segment: numbers, flags, window and what the analysis of the sequence says of it. */
final class TcpComparison {
  private TcpComparison() {}

  static List<Difference> of(Path file, TcpAnalysis ours) throws Exception {
    return TsharkOracle.differences(file, ours).stream().map(TcpComparison::difference).toList();
  }

  private static Difference difference(String text) {
    String[] both = text.split("\n", 2);
    return new Difference("tcp", "segment", both[0], both.length > 1 ? both[1].strip() : "");
  }
}
