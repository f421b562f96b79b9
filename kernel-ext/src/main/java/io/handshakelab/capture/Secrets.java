package io.handshakelab.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * TLS secrets as the lines of a key log (draft-ietf-tls-keylogfile), in order and without
 * repetition, and private keys of servers. What they mean is the business of the TLS package.
 */
public final class Secrets {
  public static final Secrets NONE = new Secrets(List.of(), List.of());

  private final List<String> lines;
  private final List<ServerKey> serverKeys;

  private Secrets(List<String> lines, List<ServerKey> serverKeys) {
    this.lines = List.copyOf(lines);
    this.serverKeys = List.copyOf(serverKeys);
  }

  /** The lines of a key log; empty ones, comments and a byte order mark are left out. */
  public static Secrets ofKeyLog(String text) {
    Set<String> kept = new LinkedHashSet<>();
    for (int at = afterMark(text); at < text.length(); ) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(at, end).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        kept.add(line);
      }
      at = end + 1;
    }
    return kept.isEmpty() ? NONE : new Secrets(new ArrayList<>(kept), List.of());
  }

  static Secrets ofServerKeys(List<ServerKey> keys) {
    return new Secrets(List.of(), keys);
  }

  public Secrets plus(Secrets others) {
    if (isEmpty()) {
      return others;
    }
    Set<String> all = new LinkedHashSet<>(lines);
    all.addAll(others.lines);
    Set<ServerKey> keys = new LinkedHashSet<>(serverKeys);
    keys.addAll(others.serverKeys);
    return new Secrets(new ArrayList<>(all), new ArrayList<>(keys));
  }

  public List<String> lines() {
    return lines;
  }

  /** Private keys of servers. They are never written into a file. */
  public List<ServerKey> serverKeys() {
    return serverKeys;
  }

  public boolean isEmpty() {
    return lines.isEmpty() && serverKeys.isEmpty();
  }

  /** As a key log file: each line ends with a line feed. */
  public String keyLog() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Behind the byte order mark of UTF-16 or UTF-8, the latter read octet by octet. */
  private static int afterMark(String text) {
    return text.startsWith("\ufeff") ? 1 : text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
  }
}
