package io.handshakelab.x509;

import java.util.List;

/**
 * The lines of the Python script that the walk mirrors, in the present interface of {@code
 * cryptography}. Those of all families: what belongs to one stands in its class.
 */
final class SignatureScript {
  static final List<String> IMPORTS = List.of("from cryptography import x509", "import hashlib");
  static final String ISSUER =
      "issuer = x509.load_pem_x509_certificate(open(\"issuer.pem\", \"rb\").read())";
  static final String SUBJECT =
      "subject = x509.load_pem_x509_certificate(open(\"subject.pem\", \"rb\").read())";
  static final String TBS = "subject.tbs_certificate_bytes";
  static final String LIBRARY = "print(subject.verify_directly_issued_by(issuer) is None)";

  /** The two numbers of an RSA key, and the signature as one. */
  static final String RSA_KEY =
      "n, e = issuer.public_key().public_numbers().n, issuer.public_key().public_numbers().e";

  static final String NUMBER = "signature = int.from_bytes(subject.signature, \"big\")";

  /** The two numbers of a DSA or ECDSA signature. */
  static final String PAIR =
      "from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature; "
          + "r, s = decode_dss_signature(subject.signature)";

  private SignatureScript() {}

  static String hash(Hash hash) {
    return hash.python(TBS) + ".hexdigest()";
  }
}
