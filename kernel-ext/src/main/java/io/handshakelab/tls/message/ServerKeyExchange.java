package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * The server's half of an ephemeral key exchange; its shape depends on the suite.
 *
 * <pre>
 * opaque psk_identity_hint&lt;0..2^16-1&gt;;         // with PSK, RFC 4279 §2
 *
 * ECCurveType curve_type;                      // 3: named_curve, else see ExplicitCurve
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
  private static final int NAMED_CURVE = 3;

  static ServerKeyExchange parse(FieldReader in, MessageContext context) throws Malformed {
    String exchange = context.keyExchange();
    StringBuilder summary = new StringBuilder();
    if (exchange.contains("PSK")) {
      String hint = in.citing("RFC 4279 §2").text16("psk_identity_hint", "helps to choose a key");
      summary.append("PSK identity hint \"").append(hint).append("\"");
    }
    if (exchange.startsWith("ECDH")) {
      append(summary, curve(in.citing("RFC 8422 §5.4")));
    } else if (exchange.startsWith("DH")) {
      append(summary, finiteField(in.citing("RFC 5246 §7.4.3")));
    } else if (exchange.startsWith("SRP")) {
      append(summary, srp(in.citing("RFC 5054 §2.5.3")));
    } else if (exchange.startsWith("ECCPWD")) {
      append(summary, password(in.citing("RFC 8492 §4.5.1")));
    } else if (exchange.startsWith("RSA_EXPORT")) {
      append(summary, rsa(in.citing("RFC 2246 §7.4.3")));
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
    String curve;
    int group = 0;
    if (kind == ExplicitCurve.PRIME || kind == ExplicitCurve.CHARACTERISTIC_TWO) {
      curve = ExplicitCurve.parse(in, kind);
    } else if (kind == NAMED_CURVE) {
      group = in.u16("namedcurve", Registry.NAMED_GROUP, "curve of the key exchange");
      curve = "named curve " + Registry.NAMED_GROUP.describe(group);
    } else {
      throw new Malformed(in.offset(), "a curve of type " + kind);
    }
    Bytes point = PublicKeyFields.read(in.vector8("public"), group, true);
    return curve + ", public key " + point.length() + " bytes " + KeyText.of(point);
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
    int length = in.opaque16("srp_B", "the server's public value").length();
    return "SRP, public key " + length + " bytes";
  }

  private static String password(FieldReader in) throws Malformed {
    in.opaque8("salt", "salt of the password");
    String curve = curve(in);
    in.opaque8("commit_scalar", "hides a secret that the password takes part in");
    return "password, " + curve;
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
