package io.handshakelab.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Distinguished names as text, in time linear in their length, whatever they contain. Control and
 * formatting characters (line ends, bidirectional overrides) are escaped as RFC 4514 §2.4 permits.
 */
final class NameText {
  private static final String HEX = "0123456789ABCDEF";
  private static final String ESCAPED = "\"+,;<>\\";

  private NameText() {}

  /** RFC 4514: the last part first, {@code CN=www.lab.test,O=Handshake Lab}. */
  static String rfc4514(X500Name name) {
    List<String> parts = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      List<String> pairs = new ArrayList<>();
      for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
        pairs.add(symbol(pair.getType()) + "=" + value(pair.getValue()));
      }
      parts.add(String.join("+", pairs));
    }
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  /** The last common name as it stands, or all of the name if it has none. */
  static String common(X500Name name) {
    RDN[] found = name.getRDNs(BCStyle.CN);
    for (int i = found.length - 1; i >= 0; i--) {
      for (AttributeTypeAndValue pair : found[i].getTypesAndValues()) {
        if (pair.getType().equals(BCStyle.CN) && pair.getValue() instanceof ASN1String text) {
          return printable(text.getString());
        }
      }
    }
    return rfc4514(name);
  }

  /** Equal for names that match by RFC 5280 §7.1: case and runs of spaces do not count. */
  static String matching(X500Name name) {
    StringBuilder key = new StringBuilder();
    for (RDN rdn : name.getRDNs()) {
      List<String> pairs = new ArrayList<>();
      for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
        String folded = fold(value(pair.getValue()));
        pairs.add(pair.getType().getId() + "=" + folded);
      }
      Collections.sort(pairs);
      key.append(String.join("+", pairs)).append(',');
    }
    return key.toString();
  }

  private static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll(" +", " ");
  }

  private static String symbol(ASN1ObjectIdentifier type) {
    String known = BCStyle.INSTANCE.oidToDisplayName(type);
    return known == null ? type.getId() : known;
  }

  private static String value(ASN1Encodable value) {
    if (value instanceof ASN1String text && !(value instanceof ASN1UniversalString)) {
      return escape(text.getString());
    }
    try {
      byte[] der = value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
      return "#" + io.handshakelab.bytes.Hex.of(der);
    } catch (IOException e) {
      return "#";
    }
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean edge = (c == ' ' && (i == 0 || i == last)) || (c == '#' && i == 0);
      if (edge || ESCAPED.indexOf(c) >= 0) {
        out.append('\\').append(c);
      } else {
        append(out, c);
      }
    }
    return out.toString();
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      append(out, text.charAt(i));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c) {
    int type = Character.getType(c);
    if (type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR) {
      for (byte b : String.valueOf(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
        out.append('\\').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
      }
    } else {
      out.append(c);
    }
  }
}
