package io.handshakelab.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells hosts and URLs from captures and files, where an argument may be either. */
final class Targets {
  private static final List<String> FILES =
      List.of(".pcap", ".pcapng", ".cap", ".gz", ".pem", ".crt", ".cer", ".der", ".txt", ".log");

  private Targets() {}

  /** Whether this is something to be visited and not something to be read. */
  static boolean isTarget(Session session, String text) {
    if (text.contains("://")) {
      return true;
    }
    Path file = Session.file(text);
    if (session.knows(text) || (file != null && Files.exists(file))) {
      return false;
    }
    String small = text.toLowerCase(Locale.ROOT);
    boolean named = FILES.stream().anyMatch(small::endsWith) || text.contains("/");
    return !named && (text.contains(".") || text.contains(":") || small.equals("localhost"));
  }
}
