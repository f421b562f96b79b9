package io.handshakelab.x509;

import java.math.BigInteger;

/** A point of a curve by its two numbers. */
record CurvePoint(BigInteger x, BigInteger y) {
  String text() {
    return "x = " + hex(x) + "\ny = " + hex(y);
  }

  static String hex(BigInteger number) {
    return "0x" + number.toString(16);
  }
}
