package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * One extension of a certificate.
 *
 * <pre>
 * Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
 * </pre>
 */
record CertificateExtension(String name, String value, String meaning) {
  private static final int BOOLEAN = 0x01;
  private static final int OCTET_STRING = 0x04;

  private static final Map<String, String[]> KNOWN =
      Map.ofEntries(
          entry("2.5.29.14", "subject_key_identifier", "short name of the subject's key"),
          entry("2.5.29.15", "key_usage", "what the key may be used for"),
          entry("2.5.29.16", "private_key_usage_period", "when the key may sign"),
          entry("2.5.29.17", "subject_alt_name", "names for which the certificate is good"),
          entry("2.5.29.18", "issuer_alt_name", "other names of the issuer"),
          entry("2.5.29.19", "basic_constraints", "whether the subject may sign certificates"),
          entry("2.5.29.30", "name_constraints", "names that may be in certificates below"),
          entry("2.5.29.31", "crl_distribution_points", "where revocations are listed"),
          entry("2.5.29.32", "certificate_policies", "rules under which it was issued"),
          entry("2.5.29.33", "policy_mappings", "policies that count as equal"),
          entry("2.5.29.35", "authority_key_identifier", "short name of the issuer's key"),
          entry("2.5.29.36", "policy_constraints", "which policies must be there"),
          entry("2.5.29.37", "ext_key_usage", "purposes of the certificate"),
          entry("1.3.6.1.5.5.7.1.1", "authority_info_access", "where to ask about revocation"),
          entry("1.3.6.1.5.5.7.1.24", "tls_feature", "the server must staple an OCSP answer"),
          entry("1.3.6.1.4.1.11129.2.4.2", "sct_list", "promises of certificate logs"),
          entry("1.3.6.1.4.1.44363.44", "delegation_usage", "may vouch for delegated keys"));

  private static Map.Entry<String, String[]> entry(String oid, String name, String meaning) {
    return Map.entry(oid, new String[] {name, meaning});
  }

  static CertificateExtension of(Tlv extension) throws Malformed {
    ByteReader in = extension.inside();
    String oid = ObjectIdentifier.of(Tlv.read(in, Tlv.OID, "extnID").content());
    Tlv next = Tlv.read(in);
    boolean critical =
        next.tag() == BOOLEAN && !next.content().isEmpty() && next.content().u8(0) != 0;
    if (next.tag() == BOOLEAN) {
      next = Tlv.read(in, OCTET_STRING, "extnValue");
    }
    in.end("an extension");
    String[] known = KNOWN.get(oid);
    String name = known == null ? "unknown" : known[0];
    String meaning = known == null ? "not explained further" : known[1];
    String value = value(oid, next.content());
    return new CertificateExtension(
        name,
        known == null ? oid + (value.isEmpty() ? "" : " " + value) : value,
        meaning + (critical ? "; critical: who does not understand it must refuse" : ""));
  }

  private static String value(String oid, Bytes content) {
    try {
      return switch (oid) {
        case "2.5.29.17" -> names(content);
        case "2.5.29.19" -> constraints(content);
        case "2.5.29.14" -> Tlv.read(content.reader()).content().hex();
        default -> content.length() <= 32 ? content.hex() : content.length() + " bytes";
      };
    } catch (Malformed e) {
      return "malformed: " + e.reason();
    }
  }

  private static String names(Bytes content) throws Malformed {
    ByteReader in = Tlv.read(content.reader(), Tlv.SEQUENCE, "the names").inside();
    StringBuilder text = new StringBuilder();
    while (in.hasRemaining()) {
      Tlv name = Tlv.read(in);
      text.append(text.length() == 0 ? "" : " ");
      text.append(
          switch (name.tag()) {
            case 0x81, 0x82, 0x86 -> name.content().latin1();
            case 0x87 -> address(name.content());
            default -> name.content().hex();
          });
    }
    return text.toString();
  }

  private static String address(Bytes content) {
    try {
      return InetAddress.getByAddress(content.toArray()).getHostAddress();
    } catch (UnknownHostException e) {
      return content.hex();
    }
  }

  private static String constraints(Bytes content) throws Malformed {
    ByteReader in = Tlv.read(content.reader(), Tlv.SEQUENCE, "the constraints").inside();
    if (!in.hasRemaining()) {
      return "no authority";
    }
    Tlv first = Tlv.read(in);
    boolean authority = first.tag() == BOOLEAN && first.content().equals(Bytes.of((byte) 0xff));
    String depth =
        in.hasRemaining() ? ", at most " + Tlv.read(in).content().hex() + " below it" : "";
    return (authority ? "authority" : "no authority") + depth;
  }
}
