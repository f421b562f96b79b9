package io.handshakelab.analysis;

import static io.handshakelab.analysis.HandshakeTranscript.isTls13;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signatures within a handshake: CertificateVerify, with which an end proves over all messages
 * so far that it has its certificate's key (RFC 8446 §4.4.3, RFC 5246 §7.4.8), and the server's
 * over its half of the key exchange (RFC 5246 §7.4.3). Before TLS 1.2 no algorithm is named: the
 * key decides (RFC 2246 §4.7, RFC 8422 §5.4).
 */
public final class HandshakeSignatures {
  private static final int HEADER = 4;
  private static final int LENGTH = 2;
  private static final int SPACES = 64;
  private static final String READ = "bytes.fromhex(open(\"content.hex\").read())";

  private final Analysis analysis;
  private final Map<Integer, List<TlsMessage>> connections = new HashMap<>();
  private final Map<Integer, List<CertificateList>> certificates = new HashMap<>();

  private HandshakeSignatures(Analysis analysis) {
    this.analysis = analysis;
    for (TlsMessage message : analysis.tls().messages()) {
      connections.computeIfAbsent(message.connection(), c -> new ArrayList<>()).add(message);
    }
    for (CertificateList list : analysis.tls().certificates()) {
      certificates.computeIfAbsent(list.connection(), c -> new ArrayList<>()).add(list);
    }
  }

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
    HandshakeSignatures all = new HandshakeSignatures(analysis);
    List<Opened> opened = new ArrayList<>();
    for (TlsMessage message : analysis.tls().messages()) {
      if (message.type().equals(type)) {
        all.open(message).ifPresent(opened::add);
      }
    }
    return opened;
  }

  private Optional<Opened> open(TlsMessage message) {
    Field scheme = field(message, ".signature_algorithm");
    Field signature = field(message, ".signature");
    Bytes signer = signer(message);
    boolean named = !HandshakeTranscript.isOld(message);
    if ((named && scheme == null) || signature == null || signer == null) {
      return Optional.empty();
    }
    Steps steps = new Steps();
    List<TlsMessage> before =
        HandshakeTranscript.before(
            message, connections.getOrDefault(message.connection(), List.of()));
    String why = HandshakeTranscript.whyNot(before, message);
    if (why != null) {
      SignatureStep missing =
          new SignatureStep(1, "messages", "message = " + READ, why, false, "RFC 8446 §4.4.1");
      SignatureWalk none = new SignatureWalk(Integer.toString(message.number()), List.of(missing));
      return Optional.of(new Opened(message, signer, Bytes.EMPTY, signature.bytes(), none));
    }
    boolean exchange = message.type().equals("ServerKeyExchange");
    int end = scheme == null ? signature.offset() - LENGTH : scheme.offset();
    Bytes content =
        exchange ? parameters(message, before, end, steps) : transcript(message, before, steps);
    Bytes signed =
        exchange || !isTls13(message) ? content : framed(message, before, content, steps);
    String algorithm = scheme == null ? "no algorithm is named: the key decides" : scheme.value();
    steps.add(
        "signed",
        "signed = bytes.fromhex(open(\"signature.hex\").read())",
        scheme == null ? "RFC 2246 §4.7; RFC 8422 §5.4" : "RFC 8446 §4.2.3",
        algorithm + ", " + signature.bytes().length() + " bytes: " + signature.bytes().hex());
    SignatureWalk walk =
        MessageWalk.of(
            message.number(),
            steps.steps,
            signer,
            scheme == null ? MessageWalk.BY_KEY : scheme.bytes().u16(0),
            signed,
            signature.bytes());
    return Optional.of(new Opened(message, signer, content, signature.bytes(), walk));
  }

  /** RFC 5246 §7.4.3: both randoms, and the half of the key exchange up to its signature. */
  private static Bytes parameters(
      TlsMessage message, List<TlsMessage> before, int end, Steps steps) {
    Bytes client = Bytes.EMPTY;
    Bytes server = Bytes.EMPTY;
    for (TlsMessage earlier : before) {
      client = earlier.type().equals("ClientHello") ? HelloBytes.random(earlier) : client;
      server = earlier.type().equals("ServerHello") ? HelloBytes.random(earlier) : server;
    }
    Bytes own = message.bytes().slice(HEADER, end);
    steps.add(
        "messages",
        "message = " + READ,
        "RFC 5246 §7.4.3",
        "client_random: "
            + client.hex()
            + "\nserver_random: "
            + server.hex()
            + "\nparams: "
            + own.hex());
    return Bytes.concat(List.of(client, server, own));
  }

  /** RFC 8446 §4.4.1, RFC 5246 §7.4.8: all handshake messages before this one. */
  private Bytes transcript(TlsMessage message, List<TlsMessage> before, Steps steps) {
    List<Bytes> parts = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int total = 0;
    for (TlsMessage earlier : before) {
      if (earlier.type().equals("HelloRetryRequest") && parts.size() == 1) {
        Bytes digest = Bytes.wrap(hash(before).digest(parts.get(0).toArray()));
        parts.set(0, HandshakeTranscript.messageHash(digest));
        total = parts.get(0).length();
        words.setLength(0);
        words.append("message_hash in place of the first ClientHello: ").append(total);
      }
      Bytes part = HelloBytes.hashed(earlier);
      parts.add(part);
      total += part.length();
      words
          .append(words.length() == 0 ? "" : "\n")
          .append(earlier.type())
          .append(" (")
          .append(earlier.sender() == Sender.CLIENT ? "client" : "server")
          .append("): ")
          .append(part.length());
    }
    words.append("\ntogether: ").append(total).append(" bytes");
    String name = isTls13(message) ? "transcript" : "message";
    boolean late = HandshakeTranscript.isAfterHandshake(before);
    steps.add(
        "messages",
        name + " = " + READ,
        isTls13(message) ? "RFC 8446 §4.4.1" + (late ? ", §4.6.2" : "") : "RFC 5246 §7.4.8",
        words.toString());
    return Bytes.concat(parts);
  }

  /** RFC 8446 §4.4.3: 64 spaces, a text that says which end signs, a zero, and the hash. */
  private Bytes framed(TlsMessage message, List<TlsMessage> before, Bytes transcript, Steps steps) {
    MessageDigest function = hash(before);
    String python = function.getAlgorithm().replace("-", "").toLowerCase(Locale.ROOT);
    byte[] digest = function.digest(transcript.toArray());
    steps.add(
        "transcript",
        "digest = hashlib." + python + "(transcript).digest()",
        "RFC 8446 §4.4.1",
        Hex.of(digest));
    String who = message.sender() == Sender.CLIENT ? "client" : "server";
    String context = "TLS 1.3, " + who + " CertificateVerify";
    Bytes content =
        Bytes.concat(
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
  private MessageDigest hash(List<TlsMessage> before) {
    String name = "SHA-256";
    for (TlsMessage earlier : before) {
      Field suite = earlier.type().equals("ServerHello") ? field(earlier, ".cipher_suite") : null;
      name = suite != null && suite.value().endsWith("SHA384") ? "SHA-384" : name;
    }
    return HandshakeTranscript.function(name);
  }

  private @Nullable Bytes signer(TlsMessage message) {
    Bytes signer = null;
    for (CertificateList list : certificates.getOrDefault(message.connection(), List.of())) {
      if (list.sender() == message.sender() && list.frame() <= message.frame()) {
        signer = list.der().isEmpty() ? null : list.der().get(0);
      }
    }
    return signer;
  }

  private @Nullable Field field(TlsMessage message, String end) {
    for (Field field : analysis.tls().fields(message.number())) {
      if (field.path().endsWith(end)) {
        return field;
      }
    }
    return null;
  }

  /** Steps that decide nothing, numbered. */
  private static final class Steps {
    private final List<SignatureStep> steps = new ArrayList<>();

    void add(String name, String python, String rfc, String value) {
      steps.add(new SignatureStep(steps.size() + 1, name, python, value, null, rfc));
    }
  }
}
