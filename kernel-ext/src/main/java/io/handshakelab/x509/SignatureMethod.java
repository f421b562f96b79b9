package io.handshakelab.x509;

/** How an RSA PKCS#1 v1.5 signature is looked at once it is opened. Others have one way only. */
public enum SignatureMethod {
  /**
   * Cut behind the prefix and compare as many digits as the digest has. It sees neither what stands
   * before the prefix nor what stands behind the digest, so that signatures can be forged.
   */
  NAIVE,
  /** Make the whole number anew and compare all of it (RFC 8017 §8.2.2). */
  STRICT,
  /** The original script's reading and the strict one, side by side. */
  BOTH
}
