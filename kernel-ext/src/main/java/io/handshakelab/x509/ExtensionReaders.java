package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PrivateKeyUsagePeriod;

/** What the extensions say that nearly every certificate has. */
final class ExtensionReaders {
  /** In the order of their bits (RFC 5280 §4.2.1.3). */
  private static final String[] USAGES = {
    "digitalSignature: sign, as in a TLS handshake",
    "nonRepudiation: sign so that it cannot be denied",
    "keyEncipherment: have keys encrypted to it, as in the RSA key exchange of TLS 1.2",
    "dataEncipherment: have data encrypted to it",
    "keyAgreement: agree on keys (Diffie-Hellman)",
    "keyCertSign: sign certificates",
    "cRLSign: sign lists of revoked certificates",
    "encipherOnly: when agreeing on keys, only encrypt",
    "decipherOnly: when agreeing on keys, only decrypt"
  };

  private ExtensionReaders() {}

  static List<String> with(List<String> lines, String more) {
    List<String> all = new ArrayList<>(lines);
    all.add(more);
    return all;
  }

  static ASN1Primitive parse(byte[] value) throws IOException {
    return ASN1Primitive.fromByteArray(value);
  }

  static List<String> hexadecimal(byte[] value) {
    return List.of(ExtensionWords.hex(value));
  }

  static List<String> keyIdentifier(byte[] value) throws IOException {
    byte[] octets = ASN1OctetString.getInstance(parse(value)).getOctets();
    return List.of(ExtensionWords.hex(octets));
  }

  static List<String> keyUsage(byte[] value) throws IOException {
    byte[] bits = KeyUsage.getInstance(parse(value)).getBytes();
    return named(bits, USAGES, "none: the key may be used for nothing");
  }

  /** The names of those bits that are set, the highest of the first byte first. */
  static List<String> named(byte[] bits, String[] names, String none) {
    List<String> set = new ArrayList<>();
    for (int i = 0; i < 8 * Math.min(bits.length, 4); i++) {
      if ((bits[i / 8] & (0x80 >> (i % 8))) != 0) {
        set.add(i < names.length ? names[i] : "bit " + i);
      }
    }
    return set.isEmpty() ? List.of(none) : set;
  }

  static List<String> usagePeriod(byte[] value) throws IOException {
    PrivateKeyUsagePeriod period = PrivateKeyUsagePeriod.getInstance(parse(value));
    List<String> lines = new ArrayList<>();
    if (period.getNotBefore() != null) {
      lines.add("not before " + period.getNotBefore().getTimeString());
    }
    if (period.getNotAfter() != null) {
      lines.add("not after " + period.getNotAfter().getTimeString());
    }
    return lines;
  }

  static List<String> names(byte[] value) throws IOException {
    return GeneralNameText.of(GeneralNames.getInstance(parse(value)));
  }

  static List<String> basicConstraints(byte[] value) throws IOException {
    BasicConstraints constraints = BasicConstraints.getInstance(parse(value));
    BigInteger path = constraints.getPathLenConstraint();
    if (!constraints.isCA()) {
      return List.of("no: it may not sign certificates");
    }
    return List.of(
        path == null
            ? "yes: it may sign certificates, with any number of authorities below it"
            : "yes: it may sign certificates, with at most "
                + path
                + (path.equals(BigInteger.ONE) ? " authority" : " authorities")
                + " below it");
  }

  static List<String> authorityKey(byte[] value) throws IOException {
    AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.getInstance(parse(value));
    List<String> lines = new ArrayList<>();
    if (identifier.getKeyIdentifierOctets() != null) {
      lines.add(ExtensionWords.hex(identifier.getKeyIdentifierOctets()));
    }
    GeneralNames issuer = identifier.getAuthorityCertIssuer();
    if (issuer != null) {
      GeneralNameText.of(issuer).forEach(name -> lines.add("whose issuer has the " + name));
    }
    if (identifier.getAuthorityCertSerialNumber() != null) {
      byte[] serial = identifier.getAuthorityCertSerialNumber().toByteArray();
      lines.add("whose certificate has the serial number " + Hex.of(serial));
    }
    return lines;
  }

  static List<String> purposes(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (KeyPurposeId purpose : ExtendedKeyUsage.getInstance(parse(value)).getUsages()) {
      lines.add(ObjectNames.of(purpose.getId()));
    }
    return lines;
  }

  static List<String> number(byte[] value) throws IOException {
    return List.of(ASN1Integer.getInstance(parse(value)).getValue().toString());
  }

  static List<String> string(byte[] value) throws IOException {
    return List.of(
        parse(value) instanceof ASN1String text ? text.getString() : ExtensionWords.hex(value));
  }
}
