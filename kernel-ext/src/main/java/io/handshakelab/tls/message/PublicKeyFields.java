package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/** A public key for a key exchange, opened into the parts that its group gives it. */
final class PublicKeyFields {
  private static final int UNCOMPRESSED = 4;
  private static final String MLKEM = "draft-ietf-tls-ecdhe-mlkem §4";

  private PublicKeyFields() {}

  /**
   * Reads all that is left as a public key.
   *
   * @param offer whether it is the client's: a key to encapsulate to, answered by a ciphertext
   */
  static Bytes read(FieldReader in, int group, boolean offer) throws Malformed {
    Bytes key = in.peek();
    if (!in.isNoting() || key.isEmpty()) {
      return in.rest("public_key", "public key for the key exchange");
    }
    switch (group) {
      case 0x0200 -> encapsulation(in, "ML-KEM-512", 800, 768, offer);
      case 0x0201 -> encapsulation(in, "ML-KEM-768", 1184, 1088, offer);
      case 0x0202 -> encapsulation(in, "ML-KEM-1024", 1568, 1568, offer);
      case 0x11ec -> {
        encapsulation(in.citing(MLKEM), "ML-KEM-768", 1184, 1088, offer);
        curve(in.citing("RFC 7748 §6.1"), "x25519", in.remaining());
      }
      case 0x11eb, 0x639a -> {
        curve(in.citing("RFC 8446 §4.2.8.2"), "secp256r1", 65);
        encapsulation(
            in.citing(MLKEM), group == 0x11eb ? "ML-KEM-768" : "Kyber768", 1184, 1088, offer);
      }
      case 0x11ed -> {
        curve(in.citing("RFC 8446 §4.2.8.2"), "secp384r1", 97);
        encapsulation(in.citing(MLKEM), "ML-KEM-1024", 1568, 1568, offer);
      }
      case 0x11ee -> {
        curve(in, "curveSM2", 65);
        encapsulation(in.citing(MLKEM), "ML-KEM-768", 1184, 1088, offer);
      }
      case 0x6399 -> {
        curve(in.citing("RFC 7748 §6.1"), "x25519", 32);
        encapsulation(in, "Kyber768", 1184, 1088, offer);
      }
      default -> {
        if (isPoint(key)) {
          point(in, "", key.length());
        }
      }
    }
    in.rest("public_key", "public key for the key exchange");
    return key;
  }

  /** The half that withstands a quantum computer. */
  private static void encapsulation(
      FieldReader in, String name, int key, int ciphertext, boolean offer) throws Malformed {
    int length = offer ? key : ciphertext;
    if (in.remaining() >= length) {
      if (offer) {
        in.bytes(
            length,
            "encapsulation_key",
            name + " key of the client: a secret can be encrypted with it");
      } else {
        in.bytes(length, "ciphertext", "a secret, encrypted with the client's " + name + " key");
      }
    }
  }

  /** The half on an elliptic curve. */
  private static void curve(FieldReader in, String name, int length) throws Malformed {
    if (length > 0 && in.remaining() >= length) {
      if (isPoint(in.peek().slice(0, length))) {
        point(in, name + "_", length);
      } else {
        in.bytes(length, name, "public key on " + name);
      }
    }
  }

  /** Whether it is 4 and two coordinates of equal length (RFC 8446 §4.2.8.2). */
  private static boolean isPoint(Bytes key) {
    return key.length() > 32 && key.length() % 2 == 1 && key.u8(0) == UNCOMPRESSED;
  }

  private static void point(FieldReader in, String before, int length) throws Malformed {
    in.u8(before + "form", "4: both coordinates follow, uncompressed");
    in.bytes(length / 2, before + "x", "first coordinate of the point");
    in.bytes(length / 2, before + "y", "second coordinate of the point");
  }
}
