package io.handshakelab.analysis;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.TlsMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which messages a signature of a handshake is made over (RFC 8446 §4.4.1, RFC 5246 §7.4.8). */
final class HandshakeTranscript {
  /** Rows that hold no message that could be hashed. */
  private static final Set<String> UNREAD = Set.of("EncryptedHandshake", "Handshake", "Gap");

  /** Rows that are no messages of a handshake, or do not count as such (RFC 5246 §7.4.1.1). */
  private static final Set<String> OTHERS =
      Set.of(
          "Alert",
          "ChangeCipherSpec",
          "ApplicationData",
          "Heartbeat",
          "HelloRequest",
          "KeyUpdate",
          "Gap");

  private static final int HEADER = 4;
  private static final byte MESSAGE_HASH = (byte) 254;

  private HandshakeTranscript() {}

  /**
   * The messages of the same handshake before this one, without those that do not count.
   *
   * @param connection all messages of its connection
   */
  static List<TlsMessage> before(TlsMessage until, List<TlsMessage> connection) {
    List<TlsMessage> handshake = new ArrayList<>();
    List<TlsMessage> later = new ArrayList<>();
    boolean retried = false;
    boolean over = false;
    for (TlsMessage message : connection) {
      if (message.number() == until.number()) {
        break;
      }
      String type = message.type();
      if (type.equals("ClientHello")) {
        if (!retried) {
          handshake.clear();
          later.clear();
          over = false;
        }
        retried = false;
      }
      retried |= type.equals("HelloRetryRequest");
      boolean ticket = type.equals("NewSessionTicket") && isTls13(until);
      if (!OTHERS.contains(type) && !ticket) {
        (over ? later : handshake).add(message);
        over |= isTls13(until) && type.equals("Finished") && message.sender() == Sender.CLIENT;
      }
    }
    handshake.addAll(request(later));
    return handshake;
  }

  /**
   * After the handshake only the request that is answered and the certificate count, for each proof
   * anew (RFC 8446 §4.4, §4.6.2). They have the same context in front.
   */
  private static List<TlsMessage> request(List<TlsMessage> later) {
    TlsMessage shown = null;
    for (TlsMessage message : later) {
      shown =
          message.type().endsWith("Certificate") && message.sender() == Sender.CLIENT
              ? message
              : shown;
    }
    for (TlsMessage message : later) {
      if (shown != null
          && message.type().equals("CertificateRequest")
          && context(message).equals(context(shown))) {
        return List.of(message, shown);
      }
    }
    return later;
  }

  /** {@code opaque certificate_request_context<0..2^8-1>}, the first thing in both. */
  private static Bytes context(TlsMessage message) {
    Bytes all = message.bytes();
    int end = all.length() <= HEADER ? 0 : HEADER + 1 + all.u8(HEADER);
    return end == 0 || end > all.length() ? Bytes.EMPTY : all.slice(HEADER + 1, end);
  }

  /** Whether these end with a request after the handshake. */
  static boolean isAfterHandshake(List<TlsMessage> before) {
    return before.stream()
        .anyMatch(m -> m.type().equals("Finished") && m.sender() == Sender.CLIENT);
  }

  /** What keeps the signature from being opened; null if nothing does. */
  static @Nullable String whyNot(List<TlsMessage> before, TlsMessage message) {
    if (message.version().startsWith("SSL")) {
      return "SSL 3.0 signs over other things than TLS (RFC 6101 §5.6.8): not opened here";
    }
    boolean whole = !before.isEmpty() && before.get(0).type().equals("ClientHello");
    for (TlsMessage earlier : before) {
      whole &= !UNREAD.contains(earlier.type()) && earlier.bytes().length() >= HEADER;
    }
    return whole
        ? null
        : "not all messages before this one are in the capture, or can be decrypted";
  }

  /** In place of the first ClientHello (RFC 8446 §4.4.1). */
  static Bytes messageHash(Bytes digest) {
    byte[] header = {MESSAGE_HASH, 0, 0, (byte) digest.length()};
    return Bytes.concat(List.of(Bytes.wrap(header), digest));
  }

  static MessageDigest function(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  static boolean isTls13(TlsMessage message) {
    return message.version().equals("TLS 1.3");
  }

  /** Whether signatures do not say how they were made (RFC 2246 §4.7). */
  static boolean isOld(TlsMessage message) {
    return message.version().equals("TLS 1.0") || message.version().equals("TLS 1.1");
  }
}
