package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/**
 * A checksum over the whole handshake, which only somebody with the keys can make.
 *
 * <pre>
 * opaque verify_data[verify_data_length];      // RFC 8446 §4.4.4, RFC 5246 §7.4.9
 * </pre>
 */
public record Finished(Bytes verifyData) implements Message {

  static Finished parse(FieldReader in) throws Malformed {
    return new Finished(in.rest("verify_data", "checksum over the handshake, with the keys"));
  }

  @Override
  public String summary() {
    return "verify_data " + verifyData.hex();
  }
}
