package io.handshakelab.tls.protection;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decryption with one RSA private key.
 *
 * <pre>
 * RSAPrivateKey ::= SEQUENCE {
 *     version, modulus n, publicExponent e, privateExponent d,
 *     prime1 p, prime2 q, exponent1 d mod (p-1), exponent2 d mod (q-1), coefficient (1/q) mod p
 * }                                            -- RFC 8017 §A.1.2
 * </pre>
 */
final class RsaDecryption {
  private static final int VALUES = 9;

  private final BigInteger[] values;
  private final Bytes modulus;

  private RsaDecryption(BigInteger[] values) {
    this.values = values;
    this.modulus = Bytes.wrap(octets(values[1], length(values[1])));
  }

  /** Of the DER of the key. */
  static RsaDecryption of(Bytes der) throws Malformed {
    ByteReader in = element(der.reader());
    BigInteger[] values = new BigInteger[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = element(in).rest().unsigned();
    }
    return new RsaDecryption(values);
  }

  /** Without a zero before it: so it stands in a certificate, too. */
  Bytes modulus() {
    return modulus;
  }

  /**
   * What was padded as {@code 0, 2, eight or more octets that are not zero, 0, message} (RFC 8017
   * §7.2.2), or null if that does not come out.
   */
  @Nullable Bytes decrypt(Bytes encrypted) {
    BigInteger c = encrypted.unsigned();
    if (encrypted.length() != modulus.length() || c.compareTo(values[1]) >= 0) {
      return null;
    }
    Bytes padded = Bytes.wrap(octets(power(c), modulus.length()));
    int zero = padded.indexOf(0, 2);
    return padded.u8(0) == 0 && padded.u8(1) == 2 && zero >= 10 ? padded.from(zero + 1) : null;
  }

  /** {@code c^d mod n}, from the two primes if they are there (RFC 8017 §5.1.2). */
  private BigInteger power(BigInteger c) {
    BigInteger p = values[4];
    BigInteger q = values[5];
    if (!p.multiply(q).equals(values[1]) || p.bitLength() < 2 || q.bitLength() < 2) {
      return c.modPow(values[3], values[1]);
    }
    BigInteger m1 = c.modPow(values[6], p);
    BigInteger m2 = c.modPow(values[7], q);
    BigInteger h = m1.subtract(m2).multiply(values[8]).mod(p);
    return m2.add(q.multiply(h));
  }

  /** What is inside the next tag and length of DER. */
  private static ByteReader element(ByteReader in) throws Malformed {
    in.u8("tag");
    int length = in.u8("length");
    if (length >= 0x80) {
      int octets = length - 0x80;
      length = 0;
      for (int i = 0; i < octets && length >= 0; i++) {
        length = length << 8 | in.u8("length");
      }
    }
    return in.reader(length, "element");
  }

  private static int length(BigInteger number) {
    return (number.bitLength() + 7) / 8;
  }

  private static byte[] octets(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] out = new byte[length];
    int count = Math.min(length, signed.length);
    System.arraycopy(signed, signed.length - count, out, length - count, count);
    return out;
  }
}
