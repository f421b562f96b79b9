package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * A Certificate message, compressed.
 *
 * <pre>
 * CertificateCompressionAlgorithm algorithm;   // 2 octets
 * uint24 uncompressed_length;
 * opaque compressed_certificate_message&lt;1..2^24-1&gt;;   // RFC 8879 §4
 * </pre>
 */
public record CompressedCertificate(int algorithm, int uncompressedLength, Bytes compressed)
    implements Message {

  static CompressedCertificate parse(FieldReader in) throws Malformed {
    return new CompressedCertificate(
        in.u16("algorithm", Registry.CERTIFICATE_COMPRESSION, "how it is compressed"),
        in.u24("uncompressed_length", "bytes of the Certificate message"),
        in.opaque24("compressed_certificate_message", "the Certificate message, compressed"));
  }

  @Override
  public String summary() {
    return Registry.CERTIFICATE_COMPRESSION.describe(algorithm)
        + ", "
        + compressed.length()
        + " bytes for "
        + uncompressedLength;
  }
}
