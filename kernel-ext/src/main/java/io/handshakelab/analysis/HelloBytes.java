package io.handshakelab.analysis;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.tls.message.Messages;

/** What signatures take from a hello, which may be one as SSL 2.0 had it (RFC 5246 §E.2). */
final class HelloBytes {
  private static final int RANDOM = 32;
  private static final int RANDOM_AT = 4 + 2;

  /** Octets of a length in front of an old one, which is no part of it; its top bit is set. */
  private static final int OLD_LENGTH = 2;

  private static final int OLD_LENGTH_BIT = 0x80;

  private HelloBytes() {}

  /** What its sender has drawn; empty where there is none. */
  static Bytes random(TlsMessage hello) {
    Bytes all = hello.bytes();
    if (isOld(hello)) {
      try {
        return Messages.sslV2ClientHello(all).random();
      } catch (Malformed e) {
        return Bytes.EMPTY;
      }
    }
    return all.length() < RANDOM_AT + RANDOM
        ? Bytes.EMPTY
        : all.slice(RANDOM_AT, RANDOM_AT + RANDOM);
  }

  /** What of any handshake message goes into the transcript. */
  static Bytes hashed(TlsMessage message) {
    return isOld(message) ? message.bytes().from(OLD_LENGTH) : message.bytes();
  }

  private static boolean isOld(TlsMessage message) {
    return message.type().equals("ClientHello")
        && message.bytes().length() > OLD_LENGTH
        && message.bytes().u8(0) >= OLD_LENGTH_BIT;
  }
}
