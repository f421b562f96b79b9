package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * All that stands in a certificate (RFC 5280 §4.1), in words. Nothing of it is escaped for display.
 *
 * @param category what part it plays
 * @param name the common name, or the whole name if there is none
 * @param fields what every certificate has
 * @param extensions in their order; empty if there are none
 */
public record CertificateDetails(
    String category, String name, List<Field> fields, List<ExtensionWords> extensions) {
  /** Such as {@code issuer}, and who that is. */
  public record Field(String name, String value) {}

  public CertificateDetails {
    fields = List.copyOf(fields);
    extensions = List.copyOf(extensions);
  }

  /** What stands in it; for bytes that are no certificate, what is wrong with them. */
  public static CertificateDetails of(Bytes der) {
    try {
      return of(ParsedCertificate.parse(der));
    } catch (Malformed e) {
      return new CertificateDetails(
          "Malformed",
          "a certificate that cannot be read",
          List.of(
              new Field("what is wrong", String.valueOf(e.getMessage())),
              new Field("bytes", ExtensionWords.hex(der.toArray()))),
          List.of());
    }
  }

  private static CertificateDetails of(ParsedCertificate parsed) {
    Certificate certificate = Certificate.getInstance(parsed.bytes().toArray());
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("subject", parsed.subject()));
    fields.add(new Field("issuer", parsed.issuer()));
    fields.add(new Field("serial number", parsed.serial()));
    fields.add(new Field("not before", parsed.notBefore().toString()));
    fields.add(new Field("not after", parsed.notAfter().toString()));
    fields.add(new Field("key", parsed.key()));
    byte[] key = certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes();
    fields.add(new Field("key, as it stands", ExtensionWords.hex(key)));
    fields.add(new Field("version", Integer.toString(parsed.version())));
    fields.add(new Field("signed with", parsed.signatureAlgorithm()));
    byte[] signature = certificate.getSignature().getBytes();
    fields.add(new Field("signature", ExtensionWords.hex(signature)));
    fields.add(new Field("SHA-256 of it all", parsed.sha256()));
    String oddity = parsed.oddity();
    if (oddity != null) {
      fields.add(new Field("odd", oddity));
    }
    List<ExtensionWords> words = new ArrayList<>();
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    if (extensions != null) {
      for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
        Extension extension = extensions.getExtension(oid);
        words.add(ExtensionWords.of(oid, extension));
      }
    }
    return new CertificateDetails(
        CertificateChain.category(parsed, parsed.selfSigned()).label(),
        parsed.commonName(),
        fields,
        words);
  }

  /** The same as lines, for a shell. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(category).append(": ").append(name).append('\n');
    for (Field field : fields) {
      text.append(String.format("  %-18s %s%n", field.name(), oneLine(field.value())));
    }
    for (ExtensionWords extension : extensions) {
      text.append("  ").append(title(extension)).append('\n');
      if (!extension.purpose().isEmpty()) {
        text.append("    (").append(extension.purpose()).append(")\n");
      }
      for (String line : extension.lines()) {
        text.append("    ").append(oneLine(line)).append('\n');
      }
    }
    return text.toString().stripTrailing();
  }

  /** Such as {@code extension keyUsage, critical, RFC 5280 §4.2.1.3}. */
  public static String title(ExtensionWords extension) {
    String known = extension.name().equals(extension.oid()) ? "" : " (" + extension.oid() + ")";
    return "extension "
        + extension.name()
        + known
        + (extension.critical() ? ", critical" : "")
        + (extension.rfc().isEmpty() ? "" : ", " + extension.rfc());
  }

  private static String oneLine(String value) {
    return value.replace('\n', ' ').replace('\r', ' ');
  }

  @Override
  public String toString() {
    return text();
  }
}
