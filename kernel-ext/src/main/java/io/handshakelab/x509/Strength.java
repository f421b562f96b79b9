package io.handshakelab.x509;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;

/** Whether key and signature are strong enough for today. */
final class Strength {
  private static final int MIN_RSA = 2048;
  private static final int MIN_EC = 224;

  private Strength() {}

  /** The signature of a root proves nothing, so that its hash does not matter. */
  static PathCheck check(ChainEntry entry, X509Certificate certificate) {
    String algorithm = entry.signatureAlgorithm().toLowerCase(Locale.ROOT);
    boolean judged = !entry.trusted();
    if (judged && (algorithm.startsWith("md") || algorithm.startsWith("sha1"))) {
      return check(
          entry,
          false,
          "signed with "
              + entry.signatureAlgorithm()
              + ": two texts with the same such checksum can be made",
          "RFC 8446 §4.4.2.4");
    }
    PublicKey key = certificate.getPublicKey();
    int bits = bits(key);
    int least = key instanceof ECKey ? MIN_EC : MIN_RSA;
    boolean ok = bits == 0 || bits >= least;
    String reason =
        ok
            ? entry.key() + ", " + entry.signatureAlgorithm()
            : "a key of " + bits + " bits is too short: " + least + " are the least";
    return check(entry, ok, reason, "RFC 9325 §4.5");
  }

  /** 0 where the length says nothing. */
  private static int bits(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength();
    }
    if (key instanceof ECKey ec) {
      return ec.getParams().getOrder().bitLength();
    }
    return key instanceof DSAKey dsa && dsa.getParams() != null
        ? dsa.getParams().getP().bitLength()
        : 0;
  }

  private static PathCheck check(ChainEntry entry, boolean ok, String reason, String rfc) {
    return new PathCheck(PathCheck.Kind.STRENGTH, entry.subject(), ok, reason, rfc);
  }
}
