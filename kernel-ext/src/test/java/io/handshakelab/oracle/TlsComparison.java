package io.handshakelab.oracle;

import io.handshakelab.oracle.TheirMessage.Kind;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsAnalysis;
import io.handshakelab.tls.TlsMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The messages of each frame: kinds, order, types, lengths, connections, and their fields. */
final class TlsComparison {
  private final TlsAnalysis ours;
  private final Map<Integer, TheirFrame> theirs;
  private final Map<Integer, String> suites = new HashMap<>();
  private final List<Difference> differences = new ArrayList<>();

  private TlsComparison(TlsAnalysis ours, Map<Integer, TheirFrame> theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  static List<Difference> of(TlsAnalysis ours, Map<Integer, TheirFrame> theirs) {
    TlsComparison comparison = new TlsComparison(ours, theirs);
    comparison.compare();
    return comparison.differences;
  }

  private void compare() {
    Map<Integer, List<TlsMessage>> byFrame = new TreeMap<>();
    for (TlsMessage m : ours.messages()) {
      byFrame.computeIfAbsent(m.frame(), f -> new ArrayList<>()).add(m);
      tiled(m);
    }
    TreeSet<Integer> frames = new TreeSet<>(byFrame.keySet());
    frames.addAll(theirs.keySet());
    for (int frame : frames) {
      TheirFrame their = theirs.get(frame);
      frame(
          frame,
          their == null ? new TheirFrame(frame) : their,
          byFrame.getOrDefault(frame, List.of()));
    }
  }

  /** Each byte of the message belongs to exactly one field. */
  private void tiled(TlsMessage m) {
    int at = 0;
    for (Field field : ours.fields(m.number())) {
      if (field.offset() != at || field.bytes().isEmpty()) {
        String key = "gap or overlap in the fields of " + m.type();
        differences.add(new Difference(key, place(m), "field at " + at, field.path()));
      }
      at = field.offset() + field.bytes().length();
    }
    if (at != m.bytes().length()) {
      String key = "the fields do not cover " + m.type();
      differences.add(new Difference(key, place(m), "" + m.bytes().length(), "" + at));
    }
  }

  private void frame(int number, TheirFrame their, List<TlsMessage> our) {
    List<String> theirWords = their.messages.stream().map(TheirMessage::toString).toList();
    List<String> ourWords = new ArrayList<>();
    for (int i = 0; i < our.size(); i++) {
      boolean counterpart = i < their.messages.size();
      ourWords.add(words(our.get(i), counterpart ? their.messages.get(i).kind : Kind.CLOSED));
    }
    String where = "frame " + number;
    if (!theirWords.equals(ourWords)) {
      String key = "messages " + theirWords + " / " + ourWords;
      if (theirWords.toString().contains("closed") && !ourWords.toString().contains("closed")) {
        key = "closed to tshark, " + suites.getOrDefault(their.stream, "") + ": " + key;
      }
      differences.add(
          new Difference(
              key,
              where + " of connection " + (our.isEmpty() ? their.stream : our.get(0).connection()),
              theirWords.toString(),
              our.stream().map(m -> m.type() + " (" + m.summary() + ")").toList().toString()));
      return;
    }
    for (int i = 0; i < our.size(); i++) {
      TlsMessage message = our.get(i);
      if (message.type().equals("ServerHello")) {
        suites.put(message.connection(), suite(message));
      }
      check("connection", where, their.stream, message.connection());
      if (their.messages.get(i).kind == Kind.HANDSHAKE) {
        handshake(their.messages.get(i), message);
      }
    }
  }

  private String suite(TlsMessage hello) {
    return ours.fields(hello.number()).stream()
        .filter(f -> f.path().equals("server_hello.cipher_suite"))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  private void handshake(TheirMessage their, TlsMessage our) {
    FieldComparison.of(their, our, ours.fields(our.number()), differences);
    if (!their.ja3.isEmpty() && !our.summary().contains(their.ja3)) {
      differences.add(new Difference("ja3", place(our), their.ja3, our.summary()));
    }
  }

  private void check(String what, String where, int their, int our) {
    if (their != our) {
      differences.add(new Difference(what, where, their + "", our + ""));
    }
  }

  /** Its type stands behind a record header of two octets, and it has no length of its own. */
  static boolean isSslV2(TlsMessage m) {
    return m.type().equals("ClientHello") && (m.bytes().u8(0) & 0x80) != 0;
  }

  static String place(TlsMessage m) {
    return "frame " + m.frame() + " message " + m.number() + " " + m.version() + " " + m.type();
  }

  /** A message of ours in the words of {@link TheirMessage#toString}. */
  private static String words(TlsMessage m, Kind counterpart) {
    boolean closed = m.encrypted() && !m.decrypted();
    return switch (m.type()) {
      case "ApplicationData" ->
          closed && counterpart == Kind.CLOSED ? "closed of " + m.length() : "application data";
      case "ChangeCipherSpec" -> "change cipher spec";
      case "Alert" ->
          closed
              ? (counterpart == Kind.CLOSED ? "closed of " : "closed alert of ") + m.length()
              : "alert " + m.bytes().u8(0) + " " + m.bytes().u8(1);
      case "Heartbeat" -> "heartbeat";
      case "EncryptedHandshake" ->
          (counterpart == Kind.CLOSED ? "closed of " : "closed handshake of ") + m.length();
      default ->
          isSslV2(m)
              ? "handshake " + m.bytes().u8(2) + " of -1"
              : "handshake " + m.bytes().u8(0) + " of " + m.length();
    };
  }
}
