package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;

/** Proof that the sender has the key of its certificate (RFC 8446 §4.4.3, RFC 5246 §7.4.8). */
public record CertificateVerify(Signature signature) implements Message {

  static CertificateVerify parse(FieldReader in, MessageContext context) throws Malformed {
    return new CertificateVerify(Signature.parse(in, context));
  }

  @Override
  public String summary() {
    return signature.summary();
  }
}
