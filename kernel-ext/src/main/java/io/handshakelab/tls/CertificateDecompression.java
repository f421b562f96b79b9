package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.message.Certificate;
import io.handshakelab.tls.message.CompressedCertificate;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the compression of certificates, where it is zlib (RFC 8879). */
final class CertificateDecompression {
  private static final int ZLIB = 1;

  /** More than any chain needs: a small message must not claim much memory. */
  private static final int LIMIT = 1 << 20;

  private CertificateDecompression() {}

  static Optional<Certificate> of(CompressedCertificate message, MessageContext context) {
    int length = message.uncompressedLength();
    if (message.algorithm() != ZLIB || length > LIMIT) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(message.compressed().toArray());
      byte[] body = new byte[length];
      int made = 0;
      while (made < length && !inflater.finished() && !inflater.needsInput()) {
        int more = inflater.inflate(body, made, length - made);
        if (more == 0) {
          break;
        }
        made += more;
      }
      Bytes header =
          Bytes.of(
              (byte) HandshakeType.CERTIFICATE,
              (byte) (length >> 16),
              (byte) (length >> 8),
              (byte) length);
      Bytes whole = Bytes.concat(List.of(header, Bytes.wrap(body).slice(0, made)));
      return Messages.handshake(whole, context) instanceof Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (DataFormatException | Malformed e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}
