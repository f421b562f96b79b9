package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate opened into its fields, for those who look at it byte by byte; what cannot be
 * opened is one field.
 *
 * <pre>
 * Certificate ::= SEQUENCE {
 *     tbsCertificate SEQUENCE {
 *         version [0], serialNumber, signature, issuer, validity, subject,
 *         subjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2], extensions [3] },
 *     signatureAlgorithm, signatureValue }     // RFC 5280 §4.1
 * </pre>
 */
final class CertificateFields {
  private static final String RFC = "RFC 5280 §4.1";

  /** A run of the certificate's bytes, in order and without gaps. */
  private record Part(String path, int length, String value, String meaning, String rfc) {}

  private final List<Part> parts = new ArrayList<>();

  private CertificateFields() {}

  /** Reads all that is left as a certificate or as a mere public key (RFC 7250 §3). */
  static Bytes read(FieldReader in) throws Malformed {
    Bytes der = in.peek();
    if (in.isNoting() && !der.isEmpty()) {
      CertificateFields fields = new CertificateFields();
      String trouble = fields.open(der);
      if (trouble.isEmpty()) {
        for (Part part : fields.parts) {
          in.citing(part.rfc).bytes(part.length, part.path, part.meaning);
          if (!part.value.isEmpty()) {
            in.say(part.value);
          }
        }
        return der;
      }
      in.rest("der", "X.509 certificate in DER; it cannot be opened: " + trouble);
      return der;
    }
    return in.rest("der", "X.509 certificate in DER");
  }

  /** The subject of a certificate, or nothing if it cannot be opened. */
  static String subject(Bytes der) {
    CertificateFields fields = new CertificateFields();
    if (fields.open(der).isEmpty()) {
      for (Part part : fields.parts) {
        if (part.path.endsWith("subject")) {
          return part.value;
        }
      }
    }
    return "";
  }

  /** Whether these bytes begin like a public key without a certificate (RFC 7250 §3). */
  static boolean isPublicKey(Bytes der) {
    if (der.isEmpty() || der.u8(0) != Tlv.SEQUENCE) {
      return false;
    }
    try {
      ByteReader whole = der.reader();
      Tlv key = Tlv.read(whole);
      ByteReader in = key.inside();
      Tlv algorithm = Tlv.read(in);
      return algorithm.tag() == Tlv.SEQUENCE
          && !algorithm.content().isEmpty()
          && algorithm.content().u8(0) == Tlv.OID
          && key.length() == der.length()
          && Tlv.read(in).tag() == Tlv.BIT_STRING
          && !in.hasRemaining();
    } catch (Malformed e) {
      return false;
    }
  }

  private String open(Bytes der) {
    try {
      ByteReader whole = der.reader();
      Tlv outer = Tlv.read(whole, Tlv.SEQUENCE, "the certificate");
      whole.end("the certificate");
      if (isPublicKey(der)) {
        publicKey("subject_public_key_info", der, "RFC 7250 §3");
        return "";
      }
      header("", outer, "SEQUENCE: a certificate", RFC);
      ByteReader in = outer.inside();
      toBeSigned(Tlv.read(in, Tlv.SEQUENCE, "tbsCertificate"));
      Tlv algorithm = Tlv.read(in, Tlv.SEQUENCE, "signatureAlgorithm");
      whole(
          "signature_algorithm",
          algorithm,
          AlgorithmName.of(algorithm),
          "how the issuer signed",
          "RFC 5280 §4.1.1.2");
      Tlv signature = Tlv.read(in, Tlv.BIT_STRING, "signatureValue");
      int bits = Math.max(0, signature.content().length() - 1) * 8;
      whole(
          "signature_value",
          signature,
          bits + " bits",
          "the issuer's signature over tbs_certificate",
          "RFC 5280 §4.1.1.3");
      in.end("the certificate");
      return "";
    } catch (Malformed e) {
      return e.reason();
    }
  }

  private void toBeSigned(Tlv tbs) throws Malformed {
    String path = "tbs_certificate.";
    header("tbs_certificate", tbs, "SEQUENCE: what the issuer has signed", RFC);
    ByteReader in = tbs.inside();
    Tlv next = Tlv.read(in);
    if (next.tag() == 0xa0) {
      Tlv number = Tlv.read(next.inside(), Tlv.INTEGER, "version");
      String version = number.content().hex();
      whole(
          path + "version",
          next,
          "v" + (version.equals("02") ? "3" : version.equals("01") ? "2" : "1"),
          "only version 3 has extensions",
          "RFC 5280 §4.1.2.1");
      next = Tlv.read(in);
    }
    whole(
        path + "serial_number",
        next,
        next.content().hex(),
        "the issuer's number for it",
        "RFC 5280 §4.1.2.2");
    Tlv algorithm = Tlv.read(in, Tlv.SEQUENCE, "signature");
    whole(
        path + "signature",
        algorithm,
        AlgorithmName.of(algorithm),
        "the signature's algorithm once more, protected by it",
        "RFC 5280 §4.1.2.3");
    Tlv issuer = Tlv.read(in, Tlv.SEQUENCE, "issuer");
    whole(
        path + "issuer",
        issuer,
        DistinguishedName.text(issuer.content()),
        "who signed it",
        "RFC 5280 §4.1.2.4");
    Tlv validity = Tlv.read(in, Tlv.SEQUENCE, "validity");
    header(path + "validity", validity, "SEQUENCE: from when to when", "RFC 5280 §4.1.2.5");
    ByteReader times = validity.inside();
    Tlv from = Tlv.read(times);
    whole(
        path + "validity.not_before",
        from,
        CertificateTime.text(from),
        "valid from then on",
        "RFC 5280 §4.1.2.5");
    Tlv to = Tlv.read(times);
    whole(
        path + "validity.not_after",
        to,
        CertificateTime.text(to),
        "valid until then",
        "RFC 5280 §4.1.2.5");
    times.end("validity");
    Tlv subject = Tlv.read(in, Tlv.SEQUENCE, "subject");
    whole(
        path + "subject",
        subject,
        DistinguishedName.text(subject.content()),
        "whom the certificate is about",
        "RFC 5280 §4.1.2.6");
    Tlv key = Tlv.read(in, Tlv.SEQUENCE, "subjectPublicKeyInfo");
    publicKey(path + "subject_public_key_info", key);
    while (in.hasRemaining()) {
      Tlv more = Tlv.read(in);
      if (more.tag() == 0xa3) {
        extensions(path, more);
      } else {
        whole(
            path + "unique_id",
            more,
            "",
            "obsolete number of issuer or subject",
            "RFC 5280 §4.1.2.8");
      }
    }
  }

  private void publicKey(String path, Bytes der, String rfc) throws Malformed {
    publicKey(path, Tlv.read(der.reader()));
    parts.set(
        0,
        new Part(
            path, parts.get(0).length, "", "SEQUENCE: a public key without a certificate", rfc));
  }

  private void publicKey(String path, Tlv key) throws Malformed {
    String rfc = "RFC 5280 §4.1.2.7";
    header(path, key, "SEQUENCE: the subject's public key", rfc);
    ByteReader in = key.inside();
    Tlv algorithm = Tlv.read(in, Tlv.SEQUENCE, "algorithm");
    whole(path + ".algorithm", algorithm, AlgorithmName.of(algorithm), "kind of key", rfc);
    Tlv bits = Tlv.read(in, Tlv.BIT_STRING, "subjectPublicKey");
    whole(path + ".subject_public_key", bits, "", "the key itself", rfc);
    in.end("subjectPublicKeyInfo");
  }

  private void extensions(String path, Tlv tagged) throws Malformed {
    String rfc = "RFC 5280 §4.1.2.9";
    header(path + "extensions", tagged, "[3]: extensions follow", rfc);
    ByteReader inside = tagged.inside();
    Tlv list = Tlv.read(inside, Tlv.SEQUENCE, "extensions");
    inside.end("extensions");
    header(path + "extensions", list, "SEQUENCE: one after another", rfc);
    ByteReader in = list.inside();
    for (int i = 0; in.hasRemaining(); i++) {
      Tlv one = Tlv.read(in, Tlv.SEQUENCE, "an extension");
      CertificateExtension extension = CertificateExtension.of(one);
      whole(
          path + "extensions[" + i + "]." + extension.name(),
          one,
          extension.value(),
          extension.meaning(),
          "RFC 5280 §4.2");
    }
  }

  private void header(String path, Tlv tlv, String meaning, String rfc) {
    String field = (path.isEmpty() ? "" : path + ".") + "header";
    String unique = field;
    for (int i = 2; taken(unique); i++) {
      unique = field + i;
    }
    String value = tlv.content().length() + " bytes";
    parts.add(new Part(unique, tlv.header(), value, meaning, rfc));
  }

  private boolean taken(String path) {
    for (Part part : parts) {
      if (part.path.equals(path)) {
        return true;
      }
    }
    return false;
  }

  private void whole(String path, Tlv tlv, String value, String meaning, String rfc) {
    parts.add(new Part(path, tlv.length(), value, meaning, rfc));
  }
}
