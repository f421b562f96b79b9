package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * Configurations with which a client can encrypt its hello.
 *
 * <pre>
 * struct {
 *     uint16 version;
 *     uint16 length;
 *     uint8 config_id;
 *     HpkeKemId kem_id;
 *     HpkePublicKey public_key;                // &lt;1..2^16-1&gt;
 *     HpkeSymmetricCipherSuite cipher_suites&lt;4..2^16-4&gt;;
 *     uint8 maximum_name_length;
 *     opaque public_name&lt;1..255&gt;;
 *     ECHConfigExtension extensions&lt;0..2^16-1&gt;;
 * } ECHConfig;
 * ECHConfig ECHConfigList&lt;4..2^16-1&gt;;         // RFC 9849 §4
 * </pre>
 */
final class EchConfigs {
  private static final int KNOWN_VERSION = 0xfe0d;

  private EchConfigs() {}

  /** How many there are. */
  static int parse(FieldReader plain, String name) throws Malformed {
    FieldReader list = plain.citing("RFC 9849 §4").vector16(name);
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      int version = one.u16("version", "0xfe0d is the one of RFC 9849");
      FieldReader contents = one.body16();
      if (version == KNOWN_VERSION) {
        contents(contents);
      } else {
        contents.rest("contents", "of a version that is not known");
      }
      contents.end();
    }
    return count;
  }

  private static void contents(FieldReader in) throws Malformed {
    in.u8("config_id", "number by which the client names it");
    in.u16("kem_id", Registry.HPKE_KEM, "how a key is encapsulated");
    in.opaque16("public_key", "the server's public key");
    FieldReader suites = in.vector16("cipher_suites");
    for (int i = 0; suites.hasRemaining(); i++) {
      FieldReader suite = suites.element(i);
      suite.u16("kdf_id", Registry.HPKE_KDF, "how the key is derived");
      suite.u16("aead_id", Registry.HPKE_AEAD, "how the hello is encrypted");
    }
    in.u8("maximum_name_length", "longest name of a server behind it: helps to pad");
    in.text8("public_name", "name that stands in the outer hello for all to see");
    FieldReader extensions = in.vector16("extensions");
    for (int i = 0; extensions.hasRemaining(); i++) {
      FieldReader extension = extensions.element(i);
      extension.u16("type", "which extension; from 0x8000 on it is mandatory");
      extension.opaque16("data", "not explained further");
    }
  }
}
