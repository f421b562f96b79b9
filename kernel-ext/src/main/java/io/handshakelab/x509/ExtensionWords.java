package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;

/**
 * One extension of a certificate in words. Nothing of it is escaped for display.
 *
 * @param name as RFCs and other documents write it; the number if it is not known
 * @param critical whether who does not know it must refuse the certificate (RFC 5280 §4.2)
 * @param purpose what it is for, in one sentence; empty if it is not known
 * @param lines what it says; in hexadecimal if it is not known or cannot be read
 * @param rfc where it is described; empty if it is not known
 */
public record ExtensionWords(
    String oid, String name, boolean critical, String purpose, List<String> lines, String rfc) {
  private static final int MOST_LINES = 200;
  private static final int MOST_HEX = 512;

  /** Turns the value of an extension into lines. */
  @FunctionalInterface
  interface Reader {
    List<String> read(byte[] value) throws Exception;
  }

  /** What is known of an extension before one is seen. */
  record Kind(String name, String purpose, String rfc, Reader reader) {}

  public ExtensionWords {
    lines = List.copyOf(lines);
  }

  static ExtensionWords of(ASN1ObjectIdentifier oid, Extension extension) {
    return of(oid.getId(), extension.isCritical(), extension.getExtnValue().getOctets());
  }

  static ExtensionWords of(String oid, boolean critical, byte[] value) {
    Map<String, Kind> known = ExtensionKinds.BY_NUMBER;
    @Nullable Kind kind = known.get(oid);
    if (kind == null) {
      return new ExtensionWords(oid, oid, critical, "", List.of("not known: " + hex(value)), "");
    }
    return new ExtensionWords(
        oid, kind.name(), critical, kind.purpose(), lines(kind, value), kind.rfc());
  }

  private static List<String> lines(Kind kind, byte[] value) {
    try {
      List<String> lines = kind.reader().read(value);
      return lines.size() <= MOST_LINES
          ? lines
          : ExtensionReaders.with(
              lines.subList(0, MOST_LINES), "… and " + (lines.size() - MOST_LINES) + " more");
      // The library says malformed in many ways, also by checked exceptions.
    } catch (Exception e) {
      return List.of("cannot be read: " + hex(value));
    }
  }

  static String hex(byte[] value) {
    return value.length <= MOST_HEX
        ? Hex.of(value)
        : Hex.of(Arrays.copyOf(value, MOST_HEX)) + "… (" + value.length + " bytes)";
  }
}
