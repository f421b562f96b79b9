package io.handshakelab.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * TLS secrets as the lines of a key log (draft-ietf-tls-keylogfile), in order and without
 * repetition. What the lines mean is the business of the TLS package.
 */
public final class Secrets {
  public static final Secrets NONE = new Secrets(List.of());

  private final List<String> lines;

  private Secrets(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The lines of a key log; empty ones and comments are left out. */
  public static Secrets ofKeyLog(String text) {
    Set<String> kept = new LinkedHashSet<>();
    text.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .forEach(kept::add);
    return kept.isEmpty() ? NONE : new Secrets(new ArrayList<>(kept));
  }

  public Secrets plus(Secrets others) {
    Set<String> all = new LinkedHashSet<>(lines);
    all.addAll(others.lines);
    return new Secrets(new ArrayList<>(all));
  }

  public List<String> lines() {
    return lines;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** As a key log file: each line ends with a line feed. */
  public String keyLog() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
