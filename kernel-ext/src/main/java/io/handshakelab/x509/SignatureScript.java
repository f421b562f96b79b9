package io.handshakelab.x509;

import java.util.List;

/**
 * The lines of the Python script that the walk mirrors, in the present interface of {@code
 * cryptography}.
 */
final class SignatureScript {
  static final List<String> IMPORTS = List.of("from cryptography import x509", "import hashlib");
  static final String ISSUER =
      "issuer = x509.load_pem_x509_certificate(open(\"issuer.pem\", \"rb\").read())";
  static final String KEY =
      "n, e = issuer.public_key().public_numbers().n, issuer.public_key().public_numbers().e";
  static final String SUBJECT =
      "subject = x509.load_pem_x509_certificate(open(\"subject.pem\", \"rb\").read())";
  static final String SIGNATURE = "signature = int.from_bytes(subject.signature, \"big\")";
  static final String POWER = "pow(signature, e, n)";
  static final String HEX = "opened = hex(" + POWER + ")";
  static final String TBS = "subject.tbs_certificate_bytes";

  private SignatureScript() {}

  static String split(DigestInfo info) {
    return "digest = opened.split(\"" + info.prefix() + "\")[-1]";
  }

  static String hash(DigestInfo info) {
    return "hashlib." + info.pythonName() + "(" + TBS + ").hexdigest()";
  }

  static String equal(DigestInfo info) {
    return "print(digest == " + hash(info) + ")";
  }
}
