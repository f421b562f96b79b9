package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/**
 * A ClientHello encrypted inside this one; browsers that have no key for it send random bytes in
 * the same shape.
 *
 * <pre>
 * struct {
 *     ECHClientHelloType type;                 // 0: outer, 1: inner (then nothing follows)
 *     HpkeKdfId kdf_id;                        // 2 octets
 *     HpkeAeadId aead_id;                      // 2 octets
 *     uint8 config_id;
 *     opaque enc&lt;0..2^16-1&gt;;
 *     opaque payload&lt;1..2^16-1&gt;;
 * } ECHClientHello;                            // RFC 9849 §5
 * opaque confirmation[8];                      // in a HelloRetryRequest
 * ECHConfigList retry_configs;                 // in EncryptedExtensions
 * </pre>
 */
public record EncryptedClientHello(int length) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(65037);

  static EncryptedClientHello parse(FieldReader extension, Place place) throws Malformed {
    FieldReader in = extension.struct("encrypted_client_hello");
    int length = in.remaining();
    switch (place) {
      case CLIENT_HELLO -> {
        int type = in.u8("type", Registry.ECH_CLIENT_HELLO_TYPE, "which hello this one is");
        if (type == 0) {
          in.u16("kdf_id", Registry.HPKE_KDF, "how the key is derived");
          in.u16("aead_id", Registry.HPKE_AEAD, "how the inner hello is encrypted");
          in.u8("config_id", "which of the server's configurations is used");
          in.opaque16("enc", "the client's encapsulated key");
          in.opaque16("payload", "the inner ClientHello, encrypted");
        }
      }
      case HELLO_RETRY_REQUEST -> in.rest("confirmation", "shows that the inner hello was taken");
      case SERVER_HELLO,
          ENCRYPTED_EXTENSIONS,
          CERTIFICATE,
          CERTIFICATE_REQUEST,
          NEW_SESSION_TICKET ->
          EchConfigs.parse(in, "retry_configs");
    }
    return new EncryptedClientHello(length);
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  @Override
  public String summary() {
    return "encrypted_client_hello " + length + " bytes";
  }
}
