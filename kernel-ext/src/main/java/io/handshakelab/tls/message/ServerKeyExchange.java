package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.NamedGroup;
import io.handshakelab.tls.registry.Registry;

/**
 * The server's half of an ephemeral key exchange; its shape depends on the suite.
 *
 * <pre>
 * opaque psk_identity_hint&lt;0..2^16-1&gt;;         // with PSK, RFC 4279 §2
 *
 * ECCurveType curve_type;                      // 3: named_curve
 * NamedCurve namedcurve;                       // 2 octets
 * opaque point&lt;1..2^8-1&gt;;                      // RFC 8422 §5.4
 *
 * opaque dh_p&lt;1..2^16-1&gt;;
 * opaque dh_g&lt;1..2^16-1&gt;;
 * opaque dh_Ys&lt;1..2^16-1&gt;;                     // RFC 5246 §7.4.3
 *
 * Signature signature;                         // not with PSK or anonymous
 * </pre>
 */
public record ServerKeyExchange(String summary) implements Message {

  static ServerKeyExchange parse(FieldReader plain, MessageContext context) throws Malformed {
    String exchange = context.keyExchange();
    StringBuilder summary = new StringBuilder();
    FieldReader in = plain;
    if (exchange.contains("PSK")) {
      String hint = in.citing("RFC 4279 §2").text16("psk_identity_hint", "helps to choose a key");
      summary.append("PSK identity hint \"").append(hint).append("\"");
    }
    if (exchange.startsWith("ECDH")) {
      in = in.citing("RFC 8422 §5.4");
      append(summary, curve(in));
    } else if (exchange.startsWith("DH")) {
      append(summary, finiteField(in));
    } else if (exchange.startsWith("SRP")) {
      append(summary, srp(in.citing("RFC 5054 §2.5.3")));
    } else if (exchange.startsWith("RSA_EXPORT")) {
      append(summary, rsa(in));
    } else if (in.hasRemaining() && !exchange.contains("PSK")) {
      append(summary, in.rest("params", "depends on the suite").length() + " bytes");
    }
    if (in.hasRemaining()) {
      append(summary, Signature.parse(in, context).summary());
    }
    return new ServerKeyExchange(summary.toString());
  }

  private static String curve(FieldReader in) throws Malformed {
    int kind = in.u8("curve_type", Registry.EC_CURVE_TYPE, "how the curve is given");
    if (kind != 3) {
      return Registry.EC_CURVE_TYPE.describe(kind)
          + " "
          + in.rest("params", "a curve of the server's own").length()
          + " bytes";
    }
    NamedGroup group =
        new NamedGroup(in.u16("namedcurve", Registry.NAMED_GROUP, "curve of the key exchange"));
    Bytes point = in.opaque8("public", "the server's ephemeral public key");
    return "named curve "
        + group
        + ", public key "
        + point.length()
        + " bytes "
        + KeyText.of(point);
  }

  private static String finiteField(FieldReader in) throws Malformed {
    Bytes p = in.opaque16("dh_p", "prime modulus");
    in.opaque16("dh_g", "generator");
    Bytes y = in.opaque16("dh_Ys", "the server's ephemeral public key");
    return "Diffie-Hellman " + p.length() * 8 + " bit, public key " + y.length() + " bytes";
  }

  private static String srp(FieldReader in) throws Malformed {
    in.opaque16("srp_N", "prime modulus");
    in.opaque16("srp_g", "generator");
    in.opaque8("srp_s", "salt of the password");
    return "SRP, public key " + in.opaque16("srp_B", "the server's public value").length();
  }

  private static String rsa(FieldReader in) throws Malformed {
    Bytes modulus = in.opaque16("rsa_modulus", "modulus of an ephemeral RSA key");
    in.opaque16("rsa_exponent", "its exponent");
    return "RSA key of " + modulus.length() * 8 + " bit";
  }

  private static void append(StringBuilder summary, String more) {
    summary.append(summary.length() == 0 ? "" : ", ").append(more);
  }
}
