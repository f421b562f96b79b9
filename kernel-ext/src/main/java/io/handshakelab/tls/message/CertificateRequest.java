package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import java.util.List;

/**
 * The server wants a certificate of the client.
 *
 * <pre>
 * ClientCertificateType certificate_types&lt;1..2^8-1&gt;;
 * SignatureAndHashAlgorithm supported_signature_algorithms&lt;2..2^16-2&gt;;  // TLS 1.2 only
 * DistinguishedName certificate_authorities&lt;0..2^16-1&gt;;                 // RFC 5246 §7.4.4
 *
 * opaque certificate_request_context&lt;0..2^8-1&gt;;
 * Extension extensions&lt;2..2^16-1&gt;;                                      // RFC 8446 §4.3.2
 * </pre>
 */
public record CertificateRequest(String summary) implements Message {

  static CertificateRequest parse(FieldReader in, MessageContext context) throws Malformed {
    if (context.isTls13()) {
      in.opaque8("certificate_request_context", "to be repeated in the answer");
      return new CertificateRequest(Extensions.parse(in, Place.CERTIFICATE_REQUEST).summary());
    }
    Codes types =
        in.vector8("certificate_types")
            .codes(1, Registry.CLIENT_CERTIFICATE_TYPE, "kind of certificate that is welcome");
    Codes schemes =
        context.version().isTls12()
            ? in.vector16("supported_signature_algorithms")
                .codes(2, Registry.SIGNATURE_SCHEME, "signature that can be checked")
            : Codes.NONE;
    List<Bytes> names = CertificateAuthorities.names(in.vector16("certificate_authorities"));
    return new CertificateRequest(
        types.names(Registry.CLIENT_CERTIFICATE_TYPE, types.size())
            + (schemes.isEmpty()
                ? ""
                : ", signed by " + schemes.names(Registry.SIGNATURE_SCHEME, 3))
            + ", "
            + names.size()
            + " certificate authorities");
  }
}
