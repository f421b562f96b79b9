package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import org.jspecify.annotations.Nullable;

/**
 * A Certificate message, compressed.
 *
 * <pre>
 * CertificateCompressionAlgorithm algorithm;   // 2 octets
 * uint24 uncompressed_length;
 * opaque compressed_certificate_message&lt;1..2^24-1&gt;;   // RFC 8879 §4
 * </pre>
 *
 * @param certificate what is inside, or null if it cannot be decompressed or read
 * @param trouble why there is none, else empty
 */
public record CompressedCertificate(
    int algorithm,
    int uncompressedLength,
    Bytes compressed,
    @Nullable Certificate certificate,
    String trouble)
    implements Message {

  static CompressedCertificate parse(FieldReader in, MessageContext context) throws Malformed {
    int algorithm = in.u16("algorithm", Registry.CERTIFICATE_COMPRESSION, "how it is compressed");
    int length = in.u24("uncompressed_length", "bytes of the Certificate message");
    Bytes compressed =
        in.opaque24("compressed_certificate_message", "the Certificate message, compressed");
    Certificate certificate = null;
    String trouble = "";
    try {
      Bytes body = CertificateDecompression.of(algorithm, compressed, length);
      FieldReader inner = FieldReader.of(body, "certificate", "RFC 8446 §4.4.2", null);
      certificate = Certificate.parse(inner, context);
      inner.end();
    } catch (Malformed e) {
      certificate = null;
      trouble = e.reason();
    }
    if (in.isNoting() && !compressed.isEmpty()) {
      explain(in, certificate, trouble);
    }
    return new CompressedCertificate(algorithm, length, compressed, certificate, trouble);
  }

  /**
   * The Certificate message inside, without a header.
   *
   * @param message what stands behind the header of a CompressedCertificate message
   * @throws Malformed if it cannot be decompressed
   */
  public static Bytes body(Bytes message) throws Malformed {
    ByteReader in = message.reader();
    int algorithm = in.u16("algorithm");
    int length = in.u24("uncompressed_length");
    Bytes compressed = in.vector24("compressed_certificate_message").rest();
    return CertificateDecompression.of(algorithm, compressed, length);
  }

  private static void explain(FieldReader in, @Nullable Certificate certificate, String trouble) {
    if (certificate == null) {
      in.explain("malformed: " + trouble);
      return;
    }
    StringBuilder subjects = new StringBuilder(certificate.summary());
    for (Bytes der : certificate.der()) {
      subjects.append("; ").append(CertificateFields.subject(der));
    }
    in.say(subjects.toString());
  }

  @Override
  public String summary() {
    return Registry.CERTIFICATE_COMPRESSION.describe(algorithm)
        + ", "
        + compressed.length()
        + " bytes for "
        + uncompressedLength
        + ": "
        + (certificate == null ? "malformed: " + trouble : certificate.summary());
  }
}
