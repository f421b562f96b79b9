package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the authority says of the certificate's revocation.
 *
 * <pre>
 * CertificateStatusType status_type;           // 1: ocsp, 2: ocsp_multi
 * opaque OCSPResponse&lt;1..2^24-1&gt;;              // RFC 6066 §8
 * OCSPResponse ocsp_response_list&lt;1..2^24-1&gt;;  // with 2, RFC 6961 §2.2; each may be empty
 * </pre>
 */
public record CertificateStatus(int statusType, List<Bytes> responses) implements Message {
  private static final int OCSP_MULTI = 2;

  public CertificateStatus {
    responses = List.copyOf(responses);
  }

  static CertificateStatus parse(FieldReader in) throws Malformed {
    int type = in.u8("status_type", Registry.CERTIFICATE_STATUS_TYPE, "kind of answer");
    if (type != OCSP_MULTI) {
      Bytes response = in.opaque24("response", "OCSP response in DER");
      OcspResponse.note(in, response);
      return new CertificateStatus(type, List.of(response));
    }
    List<Bytes> responses = new ArrayList<>();
    FieldReader list = in.citing("RFC 6961 §2.2").vector24("ocsp_response_list");
    while (list.hasRemaining()) {
      FieldReader one = list.element(responses.size());
      Bytes response = one.opaque24("response", "OCSP response in DER on one of the certificates");
      OcspResponse.note(one, response);
      responses.add(response);
    }
    return new CertificateStatus(type, responses);
  }

  @Override
  public String summary() {
    StringBuilder text = new StringBuilder();
    for (Bytes response : responses) {
      text.append(text.length() == 0 ? "OCSP response " : " + ").append(response.length());
    }
    return text.length() == 0 ? "no OCSP response" : text.append(" bytes").toString();
  }
}
