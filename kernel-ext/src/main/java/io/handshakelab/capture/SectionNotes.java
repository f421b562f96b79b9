package io.handshakelab.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a capture knows beside its frames, as a comment on the section of a pcapng file: lines of
 * the form {@code word: value} behind a first line that names this program. Other programs show it
 * as text.
 */
record SectionNotes(
    @Nullable Vantage vantage,
    @Nullable String source,
    List<String> warnings,
    List<SocketReading> readings) {
  private static final String TITLE = "Handshake Lab";

  /** In characters: an option holds 65,535 octets at most. */
  private static final int MAX_COMMENT = 20_000;

  private static final Pattern READING =
      Pattern.compile("(\\d{1,19}) (\\d{1,19}) (\\S{1,60}) (\\S{1,60}) ([A-Z0-9-]{1,20})");
  private static final Pattern SOCKET = Pattern.compile("\\[?([0-9a-f.:]+)\\]?:(\\d{1,5})");
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  SectionNotes {
    warnings = List.copyOf(warnings);
    readings = List.copyOf(readings);
  }

  static SectionNotes of(Capture capture) {
    return new SectionNotes(
        capture.vantage(), capture.source(), capture.warnings(), capture.readings());
  }

  /** As comments, each short enough for one option. */
  List<String> comments() {
    List<String> lines = new ArrayList<>();
    if (vantage != null) {
      lines.add("vantage: " + vantage.label());
    }
    if (source != null) {
      lines.add("source: " + oneLine(source));
    }
    warnings.forEach(warning -> lines.add("warning: " + oneLine(warning)));
    readings.forEach(reading -> lines.add("socket: " + text(reading)));
    List<String> comments = new ArrayList<>();
    StringBuilder comment = new StringBuilder(TITLE);
    for (String line : lines) {
      if (comment.length() + line.length() > MAX_COMMENT) {
        comments.add(comment.toString());
        comment = new StringBuilder(TITLE);
      }
      comment.append('\n').append(line);
    }
    comments.add(comment.toString());
    return comments;
  }

  /** Nothing if this is somebody else's comment; lines that make no sense are left out. */
  static Optional<SectionNotes> parse(String comment) {
    List<String> lines = comment.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(TITLE)) {
      return Optional.empty();
    }
    Vantage vantage = null;
    String source = null;
    List<String> warnings = new ArrayList<>();
    List<SocketReading> readings = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 2);
      switch (line.substring(0, colon)) {
        case "vantage" -> vantage = vantage(value);
        case "source" -> source = value;
        case "warning" -> warnings.add(value);
        case "socket" -> reading(value).ifPresent(readings::add);
        default -> {}
      }
    }
    return Optional.of(new SectionNotes(vantage, source, warnings, readings));
  }

  /** Adds everything but the source, which now is the file. */
  void addTo(Capture.Builder builder) {
    if (vantage != null) {
      builder.vantage(vantage);
    }
    warnings.forEach(builder::warning);
    readings.forEach(builder::reading);
  }

  private static @Nullable Vantage vantage(String label) {
    for (Vantage vantage : Vantage.values()) {
      if (vantage.label().equals(label)) {
        return vantage;
      }
    }
    return null;
  }

  /** Neither line ends nor anything too long for a comment. */
  private static String oneLine(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() <= 1000 ? line : line.substring(0, 1000) + "…";
  }

  private static String text(SocketReading reading) {
    return String.join(
        " ",
        Long.toString(reading.fromNanos()),
        Long.toString(reading.untilNanos()),
        text(reading.local()),
        text(reading.remote()),
        reading.state().toUpperCase(Locale.ROOT));
  }

  private static String text(InetSocketAddress socket) {
    String address = socket.getAddress().getHostAddress();
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    return plain.indexOf(':') < 0
        ? plain + ":" + socket.getPort()
        : "[" + plain + "]:" + socket.getPort();
  }

  private static Optional<SocketReading> reading(String text) {
    Matcher match = READING.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SocketReading(
              Long.parseLong(match.group(1)),
              Long.parseLong(match.group(2)),
              socket(match.group(3)),
              socket(match.group(4)),
              match.group(5)));
    } catch (UnknownHostException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Of numbers only: a file must not make anybody look a name up. */
  private static InetSocketAddress socket(String text) throws UnknownHostException {
    Matcher match = SOCKET.matcher(text);
    if (!match.matches()) {
      throw new UnknownHostException(text);
    }
    return new InetSocketAddress(address(match.group(1)), Integer.parseInt(match.group(2)));
  }

  private static InetAddress address(String text) throws UnknownHostException {
    Matcher match = DOTTED.matcher(text);
    if (!match.matches()) {
      if (text.indexOf(':') < 0) {
        throw new UnknownHostException(text);
      }
      // With colons and in brackets it is a literal or nothing.
      return InetAddress.getAllByName("[" + text + "]")[0];
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      int octet = Integer.parseInt(match.group(i + 1));
      if (octet > 255) {
        throw new UnknownHostException(text);
      }
      octets[i] = (byte) octet;
    }
    return InetAddress.getByAddress(octets);
  }
}
