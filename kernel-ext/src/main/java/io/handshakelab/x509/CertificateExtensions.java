package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a certificate's extensions, whatever it is. */
final class CertificateExtensions {
  private CertificateExtensions() {}

  /** What cannot be read; the message says why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }

  static TBSCertificate tbs(Bytes der) throws Unreadable {
    try {
      return Certificate.getInstance(ASN1Primitive.fromByteArray(der.toArray()))
          .getTBSCertificate();
    } catch (IOException | RuntimeException e) {
      throw new Unreadable(ParsedCertificate.oneLine(e));
    }
  }

  /** Null where it has none of that kind. */
  static <T> @Nullable T read(Bytes der, Function<Extensions, @Nullable T> reader)
      throws Unreadable {
    Extensions extensions = tbs(der).getExtensions();
    try {
      return extensions == null ? null : reader.apply(extensions);
    } catch (RuntimeException e) {
      throw new Unreadable(ParsedCertificate.oneLine(e));
    }
  }
}
