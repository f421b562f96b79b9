package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/**
 * The client asks for a word on revocation along with the certificate; TLS 1.3 answers beside the
 * certificate.
 *
 * <pre>
 * struct {
 *     CertificateStatusType status_type;       // 1: ocsp
 *     ResponderID responder_id_list&lt;0..2^16-1&gt;;
 *     Extensions  request_extensions&lt;0..2^16-1&gt;;
 * } CertificateStatusRequest;                  // RFC 6066 §8
 * </pre>
 *
 * @param response the OCSP response beside a certificate, else empty
 */
public record StatusRequest(Bytes response) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(5);

  static StatusRequest parse(FieldReader in, Place place) throws Malformed {
    if (!in.hasRemaining()) {
      return new StatusRequest(Bytes.EMPTY);
    }
    in.u8("status_type", Registry.CERTIFICATE_STATUS_TYPE, "kind of answer");
    if (place == Place.CERTIFICATE) {
      Bytes response = in.opaque24("response", "OCSP response in DER (RFC 8446 §4.4.2.1)");
      OcspResponse.note(in, response);
      return new StatusRequest(response);
    }
    ocspRequest(in);
    return new StatusRequest(Bytes.EMPTY);
  }

  /**
   * The same for each certificate of the chain.
   *
   * <pre>
   * struct {
   *     CertificateStatusType status_type;       // 1: ocsp, 2: ocsp_multi
   *     uint16 request_length;
   *     OCSPStatusRequest request;
   * } CertificateStatusRequestItemV2;
   * CertificateStatusRequestItemV2 certificate_status_req_list&lt;1..2^16-1&gt;;   // RFC 6961 §2.2
   * </pre>
   */
  static Extension parseV2(ExtensionType type, FieldReader in) throws Malformed {
    if (!in.hasRemaining()) {
      return DescribedExtension.of(type, "");
    }
    FieldReader list = in.vector16("certificate_status_req_list");
    for (int i = 0; list.hasRemaining(); i++) {
      FieldReader one = list.element(i);
      one.u8("status_type", Registry.CERTIFICATE_STATUS_TYPE, "kind of answer");
      FieldReader request = one.vector16("request");
      ocspRequest(request);
      request.end();
    }
    return DescribedExtension.of(type, "");
  }

  private static void ocspRequest(FieldReader in) throws Malformed {
    FieldReader responders = in.vector16("responder_id_list");
    for (int i = 0; responders.hasRemaining(); i++) {
      responders.element(i).opaque16("responder_id", "responder that is trusted, in DER");
    }
    in.opaque16("request_extensions", "OCSP extensions in DER");
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  @Override
  public String summary() {
    return response.isEmpty() ? "status_request" : "OCSP response " + response.length() + " bytes";
  }
}
