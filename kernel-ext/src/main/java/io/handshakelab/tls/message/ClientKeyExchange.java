package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ProtocolVersion;

/**
 * The client's half of the key exchange; its shape depends on the suite.
 *
 * <pre>
 * opaque psk_identity&lt;0..2^16-1&gt;;              // with PSK, RFC 4279 §2
 *
 * opaque EncryptedPreMasterSecret&lt;0..2^16-1&gt;;  // RSA, RFC 5246 §7.4.7.1
 * opaque dh_Yc&lt;1..2^16-1&gt;;                     // RFC 5246 §7.4.7.2
 * opaque ecdh_Yc&lt;1..2^8-1&gt;;                    // RFC 8422 §5.7
 * </pre>
 *
 * @param encryptedPreMasterSecret with RSA, else empty
 */
public record ClientKeyExchange(String summary, Bytes encryptedPreMasterSecret) implements Message {

  static ClientKeyExchange parse(FieldReader in, MessageContext context) throws Malformed {
    String exchange = context.keyExchange();
    String before = "";
    if (exchange.contains("PSK")) {
      String identity =
          in.citing("RFC 4279 §2").text16("psk_identity", "name of the key that both ends know");
      before = "PSK identity \"" + identity + "\"";
      if (exchange.equals("PSK")) {
        return new ClientKeyExchange(before, Bytes.EMPTY);
      }
      before += ", ";
    }
    if (!in.hasRemaining() && (exchange.startsWith("ECDH") || exchange.startsWith("DH"))) {
      return new ClientKeyExchange(
          before + "implicit: the public key is in the client's certificate", Bytes.EMPTY);
    }
    if (exchange.startsWith("ECDH")) {
      FieldReader inside = in.citing("RFC 8422 §5.7").vector8("ecdh_Yc");
      Bytes point = PublicKeyFields.read(inside, 0, true);
      String key = "public key " + point.length() + " bytes " + KeyText.of(point);
      return new ClientKeyExchange(before + key, Bytes.EMPTY);
    }
    if (exchange.startsWith("DH")) {
      Bytes y =
          in.citing("RFC 5246 §7.4.7.2").opaque16("dh_Yc", "the client's ephemeral public key");
      return new ClientKeyExchange(before + "public key " + y.length() + " bytes", Bytes.EMPTY);
    }
    if (exchange.startsWith("SRP")) {
      Bytes a = in.citing("RFC 5054 §2.5.4").opaque16("srp_A", "the client's public value");
      return new ClientKeyExchange("SRP, public key " + a.length() + " bytes", Bytes.EMPTY);
    }
    if (exchange.startsWith("KRB5")) {
      return kerberos(in.citing("RFC 2712 §3"));
    }
    if (exchange.startsWith("ECCPWD")) {
      FieldReader password = in.citing("RFC 8492 §4.5.2");
      Bytes point = PublicKeyFields.read(password.vector8("commit_element"), 0, true);
      password.opaque8("commit_scalar", "hides a secret that the password takes part in");
      return new ClientKeyExchange("password, " + point.length() + " bytes", Bytes.EMPTY);
    }
    if (exchange.startsWith("RSA")) {
      return rsa(in.citing("RFC 5246 §7.4.7.1"), before, context);
    }
    Bytes rest = in.rest("exchange_keys", "depends on the suite");
    return new ClientKeyExchange(before + rest.length() + " bytes", Bytes.EMPTY);
  }

  private static ClientKeyExchange kerberos(FieldReader in) throws Malformed {
    in.opaque16("ticket", "ticket for the server, of the Kerberos service");
    in.opaque16("authenticator", "proof that the client owns the ticket");
    Bytes secret = in.opaque16("encrypted_pre_master_secret", "encrypted with the ticket's key");
    String summary = "Kerberos, encrypted pre-master secret " + secret.length() + " bytes";
    return new ClientKeyExchange(summary, Bytes.EMPTY);
  }

  private static ClientKeyExchange rsa(FieldReader in, String before, MessageContext context)
      throws Malformed {
    String field = "encrypted_pre_master_secret";
    String meaning = "made by the client, encrypted with the key of the server's certificate";
    // SSL 3.0 has no length here (RFC 5246 §7.4.7.1).
    Bytes secret =
        context.version().equals(ProtocolVersion.SSL_3_0)
            ? in.rest(field, meaning)
            : in.opaque16(field, meaning);
    return new ClientKeyExchange(
        before + "encrypted pre-master secret " + secret.length() + " bytes", secret);
  }
}
