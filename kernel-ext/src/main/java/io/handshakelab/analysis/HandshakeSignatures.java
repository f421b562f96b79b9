package io.handshakelab.analysis;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.MessageWalk;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signatures within a handshake: CertificateVerify, with which an end proves over all messages
 * so far that it has its certificate's key (RFC 8446 §4.4.3, RFC 5246 §7.4.8), and the server's
 * over its half of the key exchange (RFC 5246 §7.4.3).
 */
public final class HandshakeSignatures {
  /** Rows that hold no message that could be hashed. */
  private static final Set<String> UNREAD = Set.of("EncryptedHandshake", "Handshake", "Gap");

  private static final int HEADER = 4;
  private static final int RANDOM_AT = HEADER + 2;
  private static final int RANDOM_END = RANDOM_AT + 32;
  private static final byte MESSAGE_HASH = (byte) 254;
  private static final int SPACES = 64;

  private HandshakeSignatures() {}

  /**
   * One signature and how it is opened.
   *
   * @param message that carries it
   * @param signer the certificate whose key it was made with, in DER
   * @param content all octets that the hash runs over: the transcript, or randoms and parameters
   */
  public record Opened(
      TlsMessage message, Bytes signer, Bytes content, Bytes signature, SignatureWalk walk) {}

  /**
   * Opens all signatures of one kind of message.
   *
   * @param type {@code CertificateVerify} or {@code ServerKeyExchange}
   */
  public static List<Opened> of(Analysis analysis, String type) {
    List<Opened> opened = new ArrayList<>();
    for (TlsMessage message : analysis.tls().messages()) {
      if (message.type().equals(type)) {
        open(analysis, message).ifPresent(opened::add);
      }
    }
    return opened;
  }

  private static Optional<Opened> open(Analysis analysis, TlsMessage message) {
    Field scheme = field(analysis, message, ".signature_algorithm");
    Field signature = field(analysis, message, ".signature");
    Bytes signer = signer(analysis, message);
    if (scheme == null || signature == null || signer == null) {
      return Optional.empty();
    }
    Steps steps = new Steps();
    if (!isWhole(handshake(analysis, message))) {
      SignatureStep missing =
          new SignatureStep(
              1,
              "messages",
              "message = bytes.fromhex(open(\"content.hex\").read())",
              "not all messages before this one are in the capture, or can be decrypted",
              false,
              "RFC 8446 §4.4.1");
      SignatureWalk none = new SignatureWalk(Integer.toString(message.number()), List.of(missing));
      return Optional.of(new Opened(message, signer, Bytes.EMPTY, signature.bytes(), none));
    }
    boolean exchange = message.type().equals("ServerKeyExchange");
    Bytes content =
        exchange
            ? parameters(analysis, message, scheme.offset(), steps)
            : transcript(analysis, message, steps);
    Bytes signed =
        exchange || !isTls13(message) ? content : framed(analysis, message, content, steps);
    steps.add(
        "signed",
        "signed = bytes.fromhex(open(\"signature.hex\").read())",
        "RFC 8446 §4.2.3",
        scheme.value() + ", " + signature.bytes().length() + " bytes: " + signature.bytes().hex());
    SignatureWalk walk =
        MessageWalk.of(
            message.number(),
            steps.steps,
            signer,
            scheme.bytes().u16(0),
            signed,
            signature.bytes());
    return Optional.of(new Opened(message, signer, content, signature.bytes(), walk));
  }

  /** RFC 5246 §7.4.3: both randoms, and the half of the key exchange up to its signature. */
  private static Bytes parameters(Analysis analysis, TlsMessage message, int end, Steps steps) {
    Bytes client = Bytes.EMPTY;
    Bytes server = Bytes.EMPTY;
    for (TlsMessage earlier : handshake(analysis, message)) {
      if (earlier.bytes().length() >= RANDOM_END) {
        Bytes random = earlier.bytes().slice(RANDOM_AT, RANDOM_END);
        client = earlier.type().equals("ClientHello") ? random : client;
        server = earlier.type().equals("ServerHello") ? random : server;
      }
    }
    Bytes own = message.bytes().slice(HEADER, end);
    steps.add(
        "messages",
        "message = bytes.fromhex(open(\"content.hex\").read())",
        "RFC 5246 §7.4.3",
        "client_random: "
            + client.hex()
            + "\nserver_random: "
            + server.hex()
            + "\nparams: "
            + own.hex());
    return joined(List.of(client, server, own));
  }

  /** RFC 8446 §4.4.1, RFC 5246 §7.4.8: all handshake messages before this one. */
  private static Bytes transcript(Analysis analysis, TlsMessage message, Steps steps) {
    List<Bytes> parts = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int total = 0;
    for (TlsMessage earlier : handshake(analysis, message)) {
      if (earlier.type().equals("HelloRetryRequest") && parts.size() == 1) {
        Bytes digest = Bytes.wrap(hash(analysis, message).digest(parts.get(0).toArray()));
        byte[] header = {MESSAGE_HASH, 0, 0, (byte) digest.length()};
        parts.set(0, joined(List.of(Bytes.wrap(header), digest)));
        total = parts.get(0).length();
        words.setLength(0);
        words.append("message_hash in place of the first ClientHello: ").append(total);
      }
      parts.add(earlier.bytes());
      total += earlier.bytes().length();
      words
          .append(words.length() == 0 ? "" : "\n")
          .append(earlier.type())
          .append(" (")
          .append(earlier.sender() == Sender.CLIENT ? "client" : "server")
          .append("): ")
          .append(earlier.bytes().length());
    }
    words.append("\ntogether: ").append(total).append(" bytes");
    String name = isTls13(message) ? "transcript" : "message";
    steps.add(
        "messages",
        name + " = bytes.fromhex(open(\"content.hex\").read())",
        isTls13(message) ? "RFC 8446 §4.4.1" : "RFC 5246 §7.4.8",
        words.toString());
    return joined(parts);
  }

  /** RFC 8446 §4.4.3: 64 spaces, a text that says which end signs, a zero, and the hash. */
  private static Bytes framed(
      Analysis analysis, TlsMessage message, Bytes transcript, Steps steps) {
    MessageDigest function = hash(analysis, message);
    String python = function.getAlgorithm().replace("-", "").toLowerCase(java.util.Locale.ROOT);
    byte[] digest = function.digest(transcript.toArray());
    steps.add(
        "transcript",
        "digest = hashlib." + python + "(transcript).digest()",
        "RFC 8446 §4.4.1",
        Hex.of(digest));
    String who = message.sender() == Sender.CLIENT ? "client" : "server";
    String context = "TLS 1.3, " + who + " CertificateVerify";
    Bytes content =
        joined(
            List.of(
                Bytes.utf8(" ".repeat(SPACES)),
                Bytes.wrap(context.getBytes(StandardCharsets.US_ASCII)),
                Bytes.wrap(new byte[1]),
                Bytes.wrap(digest)));
    steps.add(
        "content",
        "message = b\" \" * 64 + b\"" + context + "\" + b\"\\0\" + digest",
        "RFC 8446 §4.4.3",
        "64 spaces: "
            + content.slice(0, SPACES).hex()
            + "\n\""
            + context
            + "\": "
            + content.slice(SPACES, SPACES + context.length()).hex()
            + "\nzero: 00\nhash: "
            + Hex.of(digest));
    return content;
  }

  /** That of the suite (RFC 8446 §4.4.1); the suite's name ends with it. */
  private static MessageDigest hash(Analysis analysis, TlsMessage message) {
    String name = "SHA-256";
    for (TlsMessage earlier : handshake(analysis, message)) {
      Field suite =
          earlier.type().equals("ServerHello") ? field(analysis, earlier, ".cipher_suite") : null;
      name = suite != null && suite.value().endsWith("SHA384") ? "SHA-384" : name;
    }
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  /** The messages of the same handshake before this one, without those that do not count. */
  private static List<TlsMessage> handshake(Analysis analysis, TlsMessage until) {
    List<TlsMessage> handshake = new ArrayList<>();
    boolean retried = false;
    for (TlsMessage message : analysis.tls().messages()) {
      if (message.number() == until.number()) {
        break;
      }
      if (message.connection() != until.connection()) {
        continue;
      }
      boolean counts =
          switch (message.type()) {
            case "Alert",
                "ChangeCipherSpec",
                "ApplicationData",
                "Heartbeat",
                "HelloRequest",
                "KeyUpdate",
                "Gap" ->
                false;
            case "NewSessionTicket" -> !isTls13(until);
            default -> true;
          };
      if (message.type().equals("ClientHello")) {
        if (!retried) {
          handshake.clear();
        }
        retried = false;
      }
      retried |= message.type().equals("HelloRetryRequest");
      if (counts) {
        handshake.add(message);
      }
    }
    return handshake;
  }

  /** From a ClientHello on, and without what stands for something that could not be read. */
  private static boolean isWhole(List<TlsMessage> handshake) {
    boolean whole = !handshake.isEmpty() && handshake.get(0).type().equals("ClientHello");
    for (TlsMessage message : handshake) {
      whole &= !UNREAD.contains(message.type()) && message.bytes().length() >= HEADER;
    }
    return whole;
  }

  private static @Nullable Bytes signer(Analysis analysis, TlsMessage message) {
    Bytes signer = null;
    for (CertificateList list : analysis.tls().certificates()) {
      if (list.connection() == message.connection()
          && list.sender() == message.sender()
          && list.frame() <= message.frame()) {
        signer = list.der().get(0);
      }
    }
    return signer;
  }

  private static @Nullable Field field(Analysis analysis, TlsMessage message, String end) {
    for (Field field : analysis.tls().fields(message.number())) {
      if (field.path().endsWith(end)) {
        return field;
      }
    }
    return null;
  }

  private static boolean isTls13(TlsMessage message) {
    return message.version().equals("TLS 1.3");
  }

  private static Bytes joined(List<Bytes> parts) {
    int length = 0;
    for (Bytes part : parts) {
      length += part.length();
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.toArray(), 0, all, at, part.length());
      at += part.length();
    }
    return Bytes.wrap(all);
  }

  /** Steps that decide nothing, numbered. */
  private static final class Steps {
    private final List<SignatureStep> steps = new ArrayList<>();

    void add(String name, String python, String rfc, String value) {
      steps.add(new SignatureStep(steps.size() + 1, name, python, value, null, rfc));
    }
  }
}
