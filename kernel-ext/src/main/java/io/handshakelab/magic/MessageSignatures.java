package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.analysis.HandshakeSignatures.Opened;
import io.handshakelab.problem.Problem;
import io.handshakelab.tcp.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The signatures of handshake messages, by the words that {@code verify} takes for a link. */
final class MessageSignatures {
  private static final List<String> WORDS =
      List.of(
          "CertificateVerify",
          "CertificateVerify:client",
          "CertificateVerify:server",
          "ServerKeyExchange");

  private MessageSignatures() {}

  /** The word that was meant, in its own letters; null for none of them. */
  static @Nullable String word(@Nullable String link) {
    return WORDS.stream().filter(word -> word.equalsIgnoreCase(link)).findFirst().orElse(null);
  }

  /** The signatures of that kind, the client's first. */
  static List<Opened> of(Analysis analysis, String word, @Nullable Integer connection) {
    int colon = word.indexOf(':');
    String type = colon < 0 ? word : word.substring(0, colon);
    Sender sender =
        colon < 0 ? null : Sender.valueOf(word.substring(colon + 1).toUpperCase(Locale.ROOT));
    List<Opened> found = new ArrayList<>();
    for (Opened opened : HandshakeSignatures.of(analysis, type)) {
      boolean wanted =
          (sender == null || opened.message().sender() == sender)
              && (connection == null || opened.message().connection() == connection);
      if (wanted) {
        found.add(opened);
      }
    }
    found.sort((a, b) -> a.message().sender().compareTo(b.message().sender()));
    if (found.isEmpty()) {
      throw new Problem(
          "there is no " + word + " in the capture that could be opened",
          type.equals("ServerKeyExchange")
              ? "TLS 1.3 has none; in TLS 1.2 it comes with key exchange by DHE or ECDHE"
              : "a client sends one if it shows a certificate (serve start --client-auth, capture"
                  + " --client-cert good); in TLS 1.3 it is encrypted: give the keys with"
                  + " --keylog");
    }
    return found;
  }
}
