package io.handshakelab.analysis;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.tls.message.CompressedCertificate;
import org.jspecify.annotations.Nullable;

/** Where certificates have extensions beside them: in TLS 1.3 (RFC 8446 §4.4.2). */
final class CertificateBody {
  private static final int HEADER = 4;

  private CertificateBody() {}

  /** What stands behind the header of a Certificate message, also of a compressed one, or null. */
  static @Nullable ByteReader of(TlsMessage message) throws Malformed {
    Bytes all = message.bytes();
    if (all.length() < HEADER || !message.version().equals("TLS 1.3")) {
      return null;
    }
    return switch (message.type()) {
      case "Certificate" -> all.from(HEADER).reader();
      case "CompressedCertificate" -> CompressedCertificate.body(all.from(HEADER)).reader();
      default -> null;
    };
  }
}
