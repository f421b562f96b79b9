package io.handshakelab.x509;

/**
 * The Python script that the walk mirrors, line by line, in the present interface of {@code
 * cryptography}. It reads {@code issuer.pem} and {@code subject.pem} and prints True or False.
 */
public final class SignatureScript {
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

  /** The whole script, for a signature made with SHA-256. */
  public static String text() {
    return text(DigestInfo.SHA256);
  }

  static String text(DigestInfo info) {
    return String.join(
        "\n",
        "from cryptography import x509",
        "import hashlib",
        ISSUER,
        KEY,
        SUBJECT,
        SIGNATURE,
        HEX,
        split(info),
        equal(info),
        "");
  }

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
