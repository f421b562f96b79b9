package io.handshakelab.analysis;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.TlsMessage;

/** What an end has drawn for a handshake, as its hello has it. */
final class HelloRandom {
  private static final int LENGTH = 32;
  private static final int AT = 4 + 2;

  private HelloRandom() {}

  /** Empty where there is none. */
  static Bytes of(TlsMessage hello) {
    Bytes all = hello.bytes();
    return all.length() < AT + LENGTH ? Bytes.EMPTY : all.slice(AT, AT + LENGTH);
  }
}
