package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Malformed;
import java.util.Map;

/** Names of the algorithms in certificates. */
final class AlgorithmName {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.1", "rsaEncryption"),
          Map.entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
          Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.3.1", "dhKeyAgreement"),
          Map.entry("1.2.840.10040.4.1", "DSA"),
          Map.entry("1.2.840.10040.4.3", "dsa-with-SHA1"),
          Map.entry("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256"),
          Map.entry("1.2.840.10045.2.1", "EC public key"),
          Map.entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
          Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
          Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
          Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
          Map.entry("1.2.840.10045.3.1.7", "secp256r1"),
          Map.entry("1.3.132.0.10", "secp256k1"),
          Map.entry("1.3.132.0.34", "secp384r1"),
          Map.entry("1.3.132.0.35", "secp521r1"),
          Map.entry("1.3.101.110", "X25519"),
          Map.entry("1.3.101.111", "X448"),
          Map.entry("1.3.101.112", "Ed25519"),
          Map.entry("1.3.101.113", "Ed448"),
          Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
          Map.entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
          Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"));

  private AlgorithmName() {}

  /** Of an AlgorithmIdentifier: the name, and the curve if it has one (RFC 5280 §4.1.1.2). */
  static String of(Tlv identifier) throws Malformed {
    ByteReader in = identifier.inside();
    String name = name(Tlv.read(in, Tlv.OID, "the algorithm"));
    if (in.hasRemaining()) {
      Tlv parameters = Tlv.read(in);
      if (parameters.tag() == Tlv.OID) {
        return name + " on " + name(parameters);
      }
    }
    return name;
  }

  private static String name(Tlv oid) {
    String dotted = ObjectIdentifier.of(oid.content());
    return NAMES.getOrDefault(dotted, dotted);
  }
}
