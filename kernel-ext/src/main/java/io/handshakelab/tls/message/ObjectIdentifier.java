package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Object identifiers in dotted form; what is none comes out in hexadecimal (X.690 §8.19). */
final class ObjectIdentifier {
  private static final int TAG = 0x06;

  private ObjectIdentifier() {}

  /** With tag and length, as in DER. */
  static String ofDer(Bytes der) {
    boolean whole = der.length() >= 3 && der.u8(0) == TAG && der.u8(1) == der.length() - 2;
    return whole ? of(der.from(2)) : der.hex();
  }

  /** The content alone. */
  static String of(Bytes content) {
    String arcs = arcs(content);
    if (arcs == null) {
      return content.hex();
    }
    int dot = arcs.indexOf('.');
    // The first number holds the first two arcs.
    long both = Long.parseLong(dot < 0 ? arcs : arcs.substring(0, dot));
    long top = Math.min(2, both / 40);
    return top + "." + (both - 40 * top) + (dot < 0 ? "" : arcs.substring(dot));
  }

  /** Arcs below one that is understood (X.690 §8.20). */
  static String relative(Bytes content) {
    String arcs = arcs(content);
    return arcs == null ? content.hex() : arcs;
  }

  private static @Nullable String arcs(Bytes content) {
    StringBuilder text = new StringBuilder();
    long arc = 0;
    boolean open = true;
    for (int i = 0; i < content.length(); i++) {
      int octet = content.u8(i);
      if (arc > Long.MAX_VALUE >> 8) {
        return null;
      }
      arc = arc << 7 | (octet & 0x7f);
      open = octet >= 0x80;
      if (!open) {
        text.append(text.length() == 0 ? "" : ".").append(arc);
        arc = 0;
      }
    }
    return open ? null : text.toString();
  }
}
