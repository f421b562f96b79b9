package io.handshakelab.tls.registry;

import java.util.Map;

/** What the name of a cipher suite says, in words (RFC 5246 §C, RFC 8446 §B.4). */
final class SuiteWords {
  private static final String WITH = "_WITH_";

  private static final Map<String, String> EXCHANGES =
      Map.ofEntries(
          Map.entry("RSA", "secret encrypted with the server's RSA key, no forward secrecy"),
          Map.entry("DHE", "ephemeral Diffie-Hellman"),
          Map.entry("ECDHE", "ephemeral Diffie-Hellman on an elliptic curve"),
          Map.entry("DH", "Diffie-Hellman with the certificate's key, no forward secrecy"),
          Map.entry(
              "ECDH",
              "Diffie-Hellman on an elliptic curve with the certificate's key, no forward secrecy"),
          Map.entry("PSK", "a key that both ends know beforehand, no forward secrecy"),
          Map.entry("SRP", "a password, by the Secure Remote Password protocol"),
          Map.entry("KRB5", "a Kerberos ticket"),
          Map.entry("ECCPWD", "a password, on an elliptic curve"),
          Map.entry("NULL", "no key exchange"));

  private SuiteWords() {}

  static String of(String name) {
    if (name.endsWith("_SCSV")) {
      return name.contains("FALLBACK")
          ? "no suite: the client has tried a higher version before"
          : "no suite: the client can renegotiate securely";
    }
    int with = name.indexOf(WITH);
    if (with < 4) {
      return name.startsWith("TLS_") ? records(name.substring(4)) : "";
    }
    String exchange = name.substring(4, with);
    return exchange(exchange) + "; " + records(name.substring(with + WITH.length()));
  }

  private static String exchange(String exchange) {
    int cut = exchange.indexOf('_');
    String first = cut < 0 ? exchange : exchange.substring(0, cut);
    String second = cut < 0 ? "" : exchange.substring(cut + 1);
    String words = EXCHANGES.getOrDefault(first, first);
    if (second.contains("anon")) {
      words += ", with a server that nobody vouches for";
    } else if (second.startsWith("PSK")) {
      words += " and a key that both ends know beforehand";
    } else if (second.startsWith("RSA") || second.startsWith("ECDSA") || second.startsWith("DSS")) {
      words +=
          ", signed with " + (second.startsWith("DSS") ? "DSA" : second.replace("_EXPORT", ""));
    }
    return exchange.contains("EXPORT") ? words + ", weakened for export" : words;
  }

  private static String records(String records) {
    int cut = records.lastIndexOf('_');
    if (cut < 0) {
      return "";
    }
    String cipher = records.substring(0, cut).replace('_', '-');
    String hash = records.substring(cut + 1);
    if (hash.equals("8") || hash.equals("CCM")) {
      return "records by " + records.replace('_', '-');
    }
    boolean sealed =
        cipher.contains("GCM")
            || cipher.contains("CCM")
            || cipher.contains("POLY1305")
            || cipher.contains("AEGIS")
            || cipher.contains("MGM");
    String by = cipher.equals("NULL") ? "records not encrypted" : "records by " + cipher;
    return by + (sealed ? ", keys by " : ", checksums by ") + (hash.equals("SHA") ? "SHA-1" : hash);
  }
}
