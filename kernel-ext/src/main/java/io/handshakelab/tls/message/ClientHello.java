package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the client offers.
 *
 * <pre>
 * struct {
 *     ProtocolVersion legacy_version;          // 2 octets
 *     Random random;                           // 32 octets
 *     opaque legacy_session_id&lt;0..32&gt;;
 *     CipherSuite cipher_suites&lt;2..2^16-2&gt;;
 *     opaque legacy_compression_methods&lt;1..2^8-1&gt;;
 *     Extension extensions&lt;8..2^16-1&gt;;          // may be missing before TLS 1.3
 * } ClientHello;                               // RFC 8446 §4.1.2
 * </pre>
 */
public record ClientHello(
    ProtocolVersion legacyVersion,
    Bytes random,
    Bytes sessionId,
    Codes suiteCodes,
    Codes compressionMethods,
    Extensions extensions)
    implements Message {

  static ClientHello parse(FieldReader in) throws Malformed {
    return new ClientHello(
        new ProtocolVersion(
            in.u16(
                "legacy_version",
                Registry.VERSION,
                "highest version before TLS 1.3 that the client speaks")),
        in.bytes(32, "random", "fresh random bytes of the client"),
        in.opaque8("legacy_session_id", "session to resume, or a value to be echoed"),
        in.vector16("cipher_suites")
            .codes(2, Registry.CIPHER_SUITE, "offered, the most wanted first"),
        in.vector8("legacy_compression_methods")
            .codes(1, Registry.COMPRESSION_METHOD, "compression offered"),
        Extensions.parseOptional(in, Place.CLIENT_HELLO));
  }

  /** What the client offers, the most wanted first. */
  public List<CipherSuite> suites() {
    List<CipherSuite> suites = new ArrayList<>(suiteCodes.size());
    for (int i = 0; i < suiteCodes.size(); i++) {
      suites.add(new CipherSuite(suiteCodes.get(i)));
    }
    return List.copyOf(suites);
  }

  /** Whether the client also speaks TLS 1.3 (RFC 8446 §4.2.1). */
  public boolean offersTls13() {
    return extensions.codes(43).contains(0x0304);
  }

  @Override
  public String summary() {
    return summaryStart().concat(summaryEnd());
  }

  @Override
  public String summaryStart() {
    return ClientHelloSummary.start(this);
  }

  @Override
  public String summaryEnd() {
    return ClientHelloSummary.end(this);
  }
}
