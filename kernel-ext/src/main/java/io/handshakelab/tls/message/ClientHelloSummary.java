package io.handshakelab.tls.message;

import io.handshakelab.tls.registry.Registry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ClientHello in one line. What the same program says again and again, its fingerprints among it,
 * is worked out once and kept.
 */
final class ClientHelloSummary {
  /** How many programs are kept apart; when there are more, all of them are forgotten. */
  private static final int MOST_SHAPES = 1024;

  private static final int FEW = 3;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int ALPN = 16;
  private static final int SESSION_TICKET = 35;
  private static final int EARLY_DATA = 42;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final Map<String, Shape> SHAPES = new ConcurrentHashMap<>();

  /** What does not change with the connection. */
  private record Shape(String version, String offers) {}

  private ClientHelloSummary() {}

  /** What is likely to be another one in the next connection. */
  static String start(ClientHello hello) {
    StringBuilder text = new StringBuilder(160);
    text.append(shape(hello).version).append(", random ").append(hello.random().hex());
    text.append(", session id length ").append(hello.sessionId().length());
    for (Extension extension : hello.extensions().list()) {
      if (differs(extension)) {
        text.append(", ").append(extension.summary());
      }
    }
    return text.toString();
  }

  /** What the program offers in all of its connections. */
  static String end(ClientHello hello) {
    return shape(hello).offers;
  }

  /** Whether it is likely to be another one in the next connection, and worth a word. */
  private static boolean differs(Extension extension) {
    if (extension instanceof ServerName name) {
      return !name.hostName().isEmpty();
    }
    if (extension instanceof OpaqueExtension opaque) {
      return extension.type().number() == SESSION_TICKET && !opaque.data().isEmpty();
    }
    return extension instanceof PreSharedKey || extension instanceof Extensions.MalformedExtension;
  }

  private static Shape shape(ClientHello hello) {
    String key = key(hello);
    Shape shape = SHAPES.get(key);
    if (shape == null) {
      shape = new Shape(versions(hello), offers(hello));
      if (SHAPES.size() >= MOST_SHAPES) {
        SHAPES.clear();
      }
      SHAPES.put(key, shape);
    }
    return shape;
  }

  /** All that the shape depends on, one character for each number. */
  private static String key(ClientHello hello) {
    StringBuilder key = new StringBuilder(256);
    key.append((char) hello.legacyVersion().number());
    hello.suiteCodes().appendTo(key);
    hello.compressionMethods().appendTo(key);
    for (Extension extension : hello.extensions().list()) {
      if (!extension.type().isGrease()) {
        key.append((char) extension.type().number());
        if (extension instanceof CodeList list) {
          list.codes().appendTo(key);
        } else if (extension instanceof KeyShare share) {
          share.groups().appendTo(key);
        } else if (extension instanceof ProtocolNames names) {
          for (String name : names.names()) {
            key.append((char) name.length()).append(name);
          }
        } else if (extension instanceof Extensions.MalformedExtension) {
          key.append('!');
        }
      }
    }
    return key.toString();
  }

  private static String versions(ClientHello hello) {
    Codes offered = hello.extensions().codes(SUPPORTED_VERSIONS).real(Registry.VERSION);
    if (offered.isEmpty()) {
      return hello.legacyVersion().toString();
    }
    String first = Registry.VERSION.describe(offered.get(0));
    // "TLS 1.3 1.2"
    return first
        + offered.names(Registry.VERSION, FEW + 1).substring(first.length()).replace(" TLS ", " ");
  }

  private static String offers(ClientHello hello) {
    Extensions extensions = hello.extensions();
    Codes suites = hello.suiteCodes().real(Registry.CIPHER_SUITE);
    StringBuilder text = new StringBuilder(300);
    text.append(", ").append(suites.size()).append(suites.size() == 1 ? " suite: " : " suites: ");
    text.append(suites.names(Registry.CIPHER_SUITE, FEW));
    extensions.first(ALPN).ifPresent(alpn -> text.append(", ").append(alpn.summary()));
    Codes groups = extensions.codes(SUPPORTED_GROUPS).real(Registry.NAMED_GROUP);
    if (!groups.isEmpty()) {
      text.append(", groups ").append(groups.names(Registry.NAMED_GROUP, FEW));
    }
    extensions
        .first(KeyShare.class)
        .map(share -> share.groups().real(Registry.NAMED_GROUP))
        .filter(shares -> !shares.isEmpty())
        .ifPresent(
            shares -> text.append(", key shares ").append(shares.names(Registry.NAMED_GROUP, FEW)));
    if (extensions.has(EARLY_DATA)) {
      text.append(", early_data");
    }
    Fingerprint fingerprint = Fingerprint.of(hello);
    text.append(", ja3 ").append(fingerprint.ja3());
    return text.append(", ja4 ").append(fingerprint.ja4()).toString();
  }
}
