package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * A curve that the server describes instead of naming it; nobody does so any more.
 *
 * <pre>
 * struct {
 *     opaque a&lt;1..2^8-1&gt;;
 *     opaque b&lt;1..2^8-1&gt;;
 * } ECCurve;
 *
 * case explicit_prime:
 *     opaque prime_p&lt;1..2^8-1&gt;;
 * case explicit_char2:
 *     uint16 m;
 *     ECBasisType basis;                       // 1: ec_basis_trinomial, 2: ec_basis_pentanomial
 *     opaque k&lt;1..2^8-1&gt;;                    // three of them with 2
 *
 * ECCurve curve;
 * ECPoint base;
 * opaque order&lt;1..2^8-1&gt;;
 * opaque cofactor&lt;1..2^8-1&gt;;               // RFC 4492 §5.4
 * </pre>
 */
final class ExplicitCurve {
  static final int PRIME = 1;
  static final int CHARACTERISTIC_TWO = 2;

  private ExplicitCurve() {}

  /** How it is to be called. */
  static String parse(FieldReader plain, int kind) throws Malformed {
    FieldReader in = plain.citing("RFC 4492 §5.4");
    String name;
    if (kind == PRIME) {
      name =
          "explicit curve over a prime of "
              + 8 * in.opaque8("prime_p", "the prime").length()
              + " bit";
    } else {
      int m = in.u16("m", "degree of the field over 2");
      name = "explicit curve over 2^" + m;
      int basis = in.u8("basis", Registry.EC_BASIS_TYPE, "how many terms the polynomial has");
      if (basis == 1) {
        in.opaque8("k", "exponent of the middle term");
      } else {
        in.opaque8("k1", "exponent of a term");
        in.opaque8("k2", "exponent of a term");
        in.opaque8("k3", "exponent of a term");
      }
    }
    FieldReader curve = in.struct("curve");
    curve.opaque8("a", "coefficient of the curve's equation");
    curve.opaque8("b", "coefficient of the curve's equation");
    in.opaque8("base", "the point from which all keys are made");
    in.opaque8("order", "how many points it makes");
    in.opaque8("cofactor", "points of the curve for each of them");
    return name;
  }
}
