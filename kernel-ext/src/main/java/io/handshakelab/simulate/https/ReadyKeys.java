package io.handshakelab.simulate.https;

import io.handshakelab.lab.Repeatable;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * RSA keys of 2048 bits without the search for their primes, which takes a second: each prime is a
 * number that anyone can draw, plus the way from there to the next prime, which was looked for once
 * and stands here. They are no secrets.
 */
final class ReadyKeys {
  /** From what the generator draws for 0, 1, 2 … to the next prime; two primes make one key. */
  private static final short[] DISTANCES = {
    452, 34, 252, 138, 754, 384, 990, 526, 1668, 262, 1176, 734, 924, 360, 4184, 288, 68, 904, 606,
    586, 160, 1030, 416, 540, 1732, 156, 880, 180, 896, 30, 272, 368, 292, 0, 306, 430, 206, 1792,
    934, 1538, 44, 168, 78, 238, 1074, 282, 1422, 242, 1426, 448, 94, 86, 880, 1320, 822, 470, 374,
    52, 250, 486, 400, 1118, 142, 194, 1056, 702, 1768, 272, 876, 696, 186, 204
  };

  static final int COUNT = DISTANCES.length / 2;

  private static final int PRIME_BYTES = 128;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private ReadyKeys() {}

  /** The key of this number, from 0 to {@link #COUNT} - 1. */
  static KeyPair key(int number) {
    BigInteger p = prime(2 * number);
    BigInteger q = prime(2 * number + 1);
    BigInteger modulus = p.multiply(q);
    BigInteger beforeP = p.subtract(BigInteger.ONE);
    BigInteger beforeQ = q.subtract(BigInteger.ONE);
    BigInteger secret = EXPONENT.modInverse(beforeP.multiply(beforeQ));
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new KeyPair(
          rsa.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
          rsa.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  modulus,
                  EXPONENT,
                  secret,
                  p,
                  q,
                  secret.mod(beforeP),
                  secret.mod(beforeQ),
                  q.modInverse(p))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** The two highest bits are set, so that a product of two has 2048 bits (FIPS 186-5 §A.1.3). */
  static BigInteger prime(int number) {
    byte[] start = new byte[PRIME_BYTES];
    Repeatable.random(number, "prime").nextBytes(start);
    start[0] |= (byte) 0xc0;
    start[PRIME_BYTES - 1] |= 1;
    return new BigInteger(1, start).add(BigInteger.valueOf(DISTANCES[number]));
  }
}
