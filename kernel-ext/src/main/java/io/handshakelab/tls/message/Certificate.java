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
 */
public record Certificate(List<Bytes> der, List<Extensions> extensions) implements Message {
  public Certificate {
    der = List.copyOf(der);
    extensions = List.copyOf(extensions);
  }

  static Certificate parse(FieldReader in, MessageContext context) throws Malformed {
    if (context.isTls13()) {
      in.opaque8("certificate_request_context", "the request that this answers");
    }
    List<Bytes> der = new ArrayList<>();
    List<Extensions> extensions = new ArrayList<>();
    FieldReader list = in.vector24("certificate_list");
    while (list.hasRemaining()) {
      FieldReader entry = list.element(der.size());
      der.add(entry.opaque24("cert_data", "X.509 certificate in DER"));
      if (context.isTls13()) {
        extensions.add(Extensions.parse(entry, Place.CERTIFICATE));
      }
    }
    return new Certificate(der, extensions);
  }

  @Override
  public String summary() {
    if (der.isEmpty()) {
      return "no certificate";
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
