package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ProtocolVersion;
import io.handshakelab.tls.registry.Registry;
import java.util.Arrays;
import java.util.List;

/**
 * A ClientHello as SSL 2.0 had it, by which old clients offer newer versions too.
 *
 * <pre>
 * uint16 msg_length;                           // the top bit is set
 * uint8 msg_type;                              // 1
 * Version version;                             // 2 octets
 * uint16 cipher_spec_length;
 * uint16 session_id_length;
 * uint16 challenge_length;
 * V2CipherSpec cipher_specs[cipher_spec_length];   // 3 octets each
 * opaque session_id[session_id_length];
 * opaque challenge[challenge_length];          // RFC 5246 §E.2
 * </pre>
 */
final class SslV2ClientHello {
  private SslV2ClientHello() {}

  static ClientHello parse(FieldReader in) throws Malformed {
    in.u16("msg_length", "0x8000 + bytes that follow");
    in.u8("msg_type", Registry.HANDSHAKE_TYPE, "kind of message");
    ProtocolVersion version =
        new ProtocolVersion(in.u16("version", Registry.VERSION, "highest version offered"));
    int specs = in.u16("cipher_spec_length", "bytes of cipher suites");
    int session = in.u16("session_id_length", "bytes of the session id");
    int challenge = in.u16("challenge_length", "bytes of the challenge");
    int[] suites = new int[specs / 3];
    int known = 0;
    FieldReader list = in.struct("cipher_specs");
    for (int i = 0; i < specs / 3; i++) {
      int kind = spec(list.element(i));
      if (kind <= 0xffff) {
        suites[known++] = kind;
      }
    }
    Bytes sessionId = in.bytes(session, "session_id", "session to resume");
    Bytes random = in.bytes(challenge, "challenge", "random bytes of the client");
    in.end();
    return new ClientHello(
        version,
        padded(random),
        sessionId,
        Codes.wrap(Arrays.copyOf(suites, known)),
        Codes.NONE,
        Extensions.NONE);
  }

  private static int spec(FieldReader in) throws Malformed {
    int kind = in.u24("cipher_spec", "suite; below 0x10000 one of TLS");
    if (in.isNoting()) {
      Registry registry = kind <= 0xffff ? Registry.CIPHER_SUITE : Registry.SSL2_CIPHER_KIND;
      in.say(registry.describe(kind));
    }
    return kind;
  }

  /** The challenge, with zeros before it, stands for the random (RFC 5246 §E.2). */
  private static Bytes padded(Bytes challenge) throws Malformed {
    if (challenge.length() > 32) {
      throw new Malformed(0, "challenge of " + challenge.length() + " bytes");
    }
    return Bytes.concat(List.of(Bytes.wrap(new byte[32 - challenge.length()]), challenge));
  }
}
