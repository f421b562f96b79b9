package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * What the authority says of the certificate's revocation.
 *
 * <pre>
 * CertificateStatusType status_type;           // 1: ocsp
 * opaque OCSPResponse&lt;1..2^24-1&gt;;              // RFC 6066 §8
 * </pre>
 */
public record CertificateStatus(int statusType, Bytes response) implements Message {

  static CertificateStatus parse(FieldReader in) throws Malformed {
    return new CertificateStatus(
        in.u8("status_type", Registry.CERTIFICATE_STATUS_TYPE, "kind of answer"),
        in.opaque24("response", "OCSP response in DER"));
  }

  @Override
  public String summary() {
    return "OCSP response " + response.length() + " bytes";
  }
}
