package io.handshakelab.oracle;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.tls.TlsMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tshark decrypts of each connection, both ends in the order of the capture. */
final class PlaintextComparison {
  private PlaintextComparison() {}

  static List<Difference> of(Analysis ours, Tshark tshark) {
    Map<Integer, StringBuilder> data = new TreeMap<>();
    for (TlsMessage m : ours.tls().messages()) {
      if (m.type().equals("ApplicationData") && m.encrypted() == m.decrypted()) {
        data.computeIfAbsent(m.connection(), c -> new StringBuilder()).append(m.bytes().hex());
      }
    }
    int connections = ours.tcp().connections().size();
    Map<Integer, String> theirs = tshark.decrypted(connections);
    List<Difference> differences = new ArrayList<>();
    for (int connection = 0; connection < connections; connection++) {
      String our = data.getOrDefault(connection, new StringBuilder()).toString();
      String their = theirs.getOrDefault(connection, "");
      if (!our.equals(their)) {
        String key = our.startsWith(their) ? "plaintext: theirs ends early" : "plaintext";
        differences.add(new Difference(key, "connection " + connection, their, our));
      }
    }
    return differences;
  }
}
