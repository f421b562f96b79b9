package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import io.handshakelab.tls.registry.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * A signature within a message.
 *
 * <pre>
 * SignatureScheme algorithm;                   // 2 octets; missing before TLS 1.2
 * opaque signature&lt;0..2^16-1&gt;;                 // RFC 5246 §4.7, RFC 8446 §4.4.3
 * </pre>
 *
 * @param scheme null before TLS 1.2, where the certificate's key decides
 */
public record Signature(@Nullable SignatureScheme scheme, Bytes value) {

  static Signature parse(FieldReader in, MessageContext context) throws Malformed {
    SignatureScheme scheme =
        context.namesSignatureAlgorithm()
            ? new SignatureScheme(
                in.u16("signature_algorithm", Registry.SIGNATURE_SCHEME, "how it is signed"))
            : null;
    return new Signature(scheme, in.opaque16("signature", "made with the certificate's key"));
  }

  String summary() {
    return "signature " + (scheme == null ? "" : scheme + " ") + value.length() + " bytes";
  }
}
