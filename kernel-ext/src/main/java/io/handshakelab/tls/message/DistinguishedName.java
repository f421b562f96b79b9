package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names of people and organisations as certificates have them (RFC 5280 §4.1.2.4). */
final class DistinguishedName {
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "serialNumber"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "street"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "title"),
          Map.entry("2.5.4.15", "businessCategory"),
          Map.entry("2.5.4.17", "postalCode"),
          Map.entry("2.5.4.42", "givenName"),
          Map.entry("2.5.4.97", "organizationIdentifier"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.2.840.113549.1.9.1", "emailAddress"));

  private DistinguishedName() {}

  /** Gives the last leaf the name as its value, if it is one. */
  static void note(FieldReader in, Bytes der) {
    if (in.isNoting() && !der.isEmpty()) {
      try {
        ByteReader whole = der.reader();
        Tlv name = Tlv.read(whole, Tlv.SEQUENCE, "the name");
        whole.end("the name");
        in.say(text(name.content()));
      } catch (Malformed e) {
        in.explain("cannot be opened: " + e.reason());
      }
    }
  }

  /** {@code CN=www.lab.test, O=Lab}, in the order of the bytes. */
  static String text(Bytes content) throws Malformed {
    StringBuilder text = new StringBuilder();
    ByteReader sets = content.reader();
    while (sets.hasRemaining()) {
      ByteReader set = Tlv.read(sets, Tlv.SET, "the set of a name's part").inside();
      while (set.hasRemaining()) {
        ByteReader pair = Tlv.read(set, Tlv.SEQUENCE, "the part of a name").inside();
        String oid = ObjectIdentifier.of(Tlv.read(pair, Tlv.OID, "the attribute").content());
        Tlv value = Tlv.read(pair);
        pair.end("the part of a name");
        text.append(text.length() == 0 ? "" : ", ");
        text.append(ATTRIBUTES.getOrDefault(oid, oid)).append('=').append(string(value));
      }
    }
    return text.length() == 0 ? "(empty name)" : text.toString();
  }

  /** The text of a string type (RFC 5280 §4.1.2.4). */
  static String string(Tlv value) {
    byte[] bytes = value.content().toArray();
    return switch (value.tag()) {
      case 0x0c -> new String(bytes, StandardCharsets.UTF_8);
      case 0x1e -> new String(bytes, StandardCharsets.UTF_16BE);
      case 0x12, 0x13, 0x14, 0x16, 0x1a -> new String(bytes, StandardCharsets.ISO_8859_1);
      default -> value.content().hex();
    };
  }
}
