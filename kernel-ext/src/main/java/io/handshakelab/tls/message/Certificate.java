package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates of the sender, its own first.
 *
 * <pre>
 * opaque ASN.1Cert&lt;1..2^24-1&gt;;
 * ASN.1Cert certificate_list&lt;0..2^24-1&gt;;       // RFC 5246 §7.4.2
 *
 * struct {
 *     opaque cert_data&lt;1..2^24-1&gt;;
 *     Extension extensions&lt;0..2^16-1&gt;;
 * } CertificateEntry;
 * opaque certificate_request_context&lt;0..2^8-1&gt;;
 * CertificateEntry certificate_list&lt;0..2^24-1&gt;; // RFC 8446 §4.4.2
 * </pre>
 *
 * @param der each certificate
 * @param extensions of each certificate; none before TLS 1.3
 * @param rawKeys how many public keys came without a certificate (RFC 7250)
 */
public record Certificate(List<Bytes> der, List<Extensions> extensions, int rawKeys)
    implements Message {
  public Certificate {
    der = List.copyOf(der);
    extensions = List.copyOf(extensions);
  }

  static Certificate parse(FieldReader in, MessageContext context) throws Malformed {
    if (context.isTls13()) {
      in.opaque8("certificate_request_context", "the request that this answers");
    }
    FieldReader list = in.vector24("certificate_list");
    if (!context.isTls13() && CertificateFields.isPublicKey(list.peek())) {
      // RFC 7250 §3: no list, but one key.
      CertificateFields.read(list);
      return new Certificate(List.of(), List.of(), 1);
    }
    List<Bytes> der = new ArrayList<>();
    List<Extensions> extensions = new ArrayList<>();
    int keys = 0;
    for (int i = 0; list.hasRemaining(); i++) {
      FieldReader entry = list.element(i);
      Bytes one = CertificateFields.read(entry.vector24("cert_data"));
      if (CertificateFields.isPublicKey(one)) {
        keys++;
      } else {
        der.add(one);
      }
      if (context.isTls13()) {
        extensions.add(Extensions.parse(entry, Place.CERTIFICATE));
      }
    }
    return new Certificate(der, extensions, keys);
  }

  @Override
  public String summary() {
    if (der.isEmpty()) {
      return rawKeys == 0 ? "no certificate" : "a raw public key (RFC 7250)";
    }
    StringBuilder text = new StringBuilder();
    text.append(der.size()).append(der.size() == 1 ? " certificate, " : " certificates, ");
    for (int i = 0; i < der.size(); i++) {
      text.append(i == 0 ? "" : " + ").append(der.get(i).length());
    }
    text.append(" bytes");
    for (Extensions one : extensions) {
      String more = one.summary();
      text.append(more.isEmpty() ? "" : ", ").append(more);
    }
    return text.toString();
  }
}
