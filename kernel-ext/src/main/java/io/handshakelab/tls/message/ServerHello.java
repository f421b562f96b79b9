package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import io.handshakelab.tls.registry.Registry;

/**
 * What the server takes; with one particular random it is a HelloRetryRequest.
 *
 * <pre>
 * struct {
 *     ProtocolVersion legacy_version;          // 2 octets
 *     Random random;                           // 32 octets
 *     opaque legacy_session_id_echo&lt;0..32&gt;;
 *     CipherSuite cipher_suite;                // 2 octets
 *     uint8 legacy_compression_method;
 *     Extension extensions&lt;6..2^16-1&gt;;          // may be missing before TLS 1.3
 * } ServerHello;                               // RFC 8446 §4.1.3
 * </pre>
 */
public record ServerHello(
    ProtocolVersion legacyVersion,
    Bytes random,
    Bytes sessionId,
    CipherSuite suite,
    int compressionMethod,
    Extensions extensions)
    implements Message {

  /** SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3). */
  private static final Bytes RETRY =
      Bytes.fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  static ServerHello parse(FieldReader in) throws Malformed {
    int version = in.u16("legacy_version", Registry.VERSION, "version, unless an extension says");
    Bytes random = in.bytes(32, "random", "fresh random bytes of the server, or a mark");
    if (random.equals(RETRY)) {
      in.say("HelloRetryRequest");
    }
    return new ServerHello(
        new ProtocolVersion(version),
        random,
        in.opaque8("legacy_session_id_echo", "name of the session, or what the client sent"),
        new CipherSuite(in.u16("cipher_suite", Registry.CIPHER_SUITE, "the suite taken")),
        in.u8("legacy_compression_method", Registry.COMPRESSION_METHOD, "the compression taken"),
        Extensions.parseOptional(
            in, random.equals(RETRY) ? Place.HELLO_RETRY_REQUEST : Place.SERVER_HELLO));
  }

  public boolean isHelloRetryRequest() {
    return random.equals(RETRY);
  }

  /** The version that is spoken from now on (RFC 8446 §4.2.1). */
  public ProtocolVersion version() {
    Codes chosen = extensions.codes(43);
    return chosen.size() == 1 ? new ProtocolVersion(chosen.get(0)) : legacyVersion;
  }

  @Override
  public String summary() {
    // The version stands at the beginning.
    String rest = extensions.summaryWithout(43);
    return version()
        + (isHelloRetryRequest() ? ", " : ", random " + random.hex() + ", ")
        + suite
        + ", session id length "
        + sessionId.length()
        + (rest.isEmpty() ? "" : ", " + rest);
  }
}
