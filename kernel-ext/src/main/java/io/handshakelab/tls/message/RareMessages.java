package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/** Messages that few programs send, and that have no effect on what can be read. */
final class RareMessages {
  private RareMessages() {}

  /**
   * Where the client's certificates can be had.
   *
   * <pre>
   * CertChainType type;                          // 0: individual_certs, 1: pkipath
   * struct {
   *     opaque url&lt;1..2^16-1&gt;;
   *     uint8 padding;
   *     opaque SHA1Hash[20];
   * } URLAndHash;
   * URLAndHash url_and_hash_list&lt;1..2^16-1&gt;;   // RFC 6066 §5
   * </pre>
   */
  static Message certificateUrl(FieldReader in) throws Malformed {
    in.u8("type", Registry.CERT_CHAIN_TYPE, "what is to be had there");
    FieldReader list = in.vector16("url_and_hash_list");
    StringBuilder urls = new StringBuilder();
    for (int i = 0; list.hasRemaining(); i++) {
      FieldReader one = list.element(i);
      urls.append(i == 0 ? "" : " ").append(one.text16("url", "where to get it"));
      one.u8("padding", "always 1");
      one.bytes(20, "sha1_hash", "SHA-1 of what is to be had");
    }
    return new Messages.DescribedMessage(urls.toString());
  }

  /**
   * Data of extensions that need a message of their own.
   *
   * <pre>
   * struct {
   *     SupplementalDataType supp_data_type;     // 2 octets
   *     opaque supp_data&lt;0..2^16-1&gt;;
   * } SupplementalDataEntry;
   * SupplementalDataEntry supp_data&lt;1..2^24-1&gt;;   // RFC 4680 §3
   * </pre>
   */
  static Message supplementalData(FieldReader in) throws Malformed {
    FieldReader list = in.vector24("supp_data");
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      one.u16("supp_data_type", Registry.SUPPLEMENTAL_DATA_TYPE, "kind of data");
      one.opaque16("supp_data", "the data");
    }
    return new Messages.DescribedMessage(count + (count == 1 ? " entry" : " entries"));
  }

  /**
   * The application protocol that the client takes, encrypted.
   *
   * <pre>
   * opaque selected_protocol&lt;0..255&gt;;
   * opaque padding&lt;0..255&gt;;                  // draft-agl-tls-nextprotoneg-04 §3
   * </pre>
   */
  static Message nextProtocol(FieldReader in) throws Malformed {
    String name = in.text8("selected_protocol", "application protocol that is taken");
    in.opaque8("padding", "makes all such messages equally long");
    return new Messages.DescribedMessage("takes " + name);
  }

  /** What stands for the first ClientHello in the transcript; never sent (RFC 8446 §4.4.1). */
  static Message messageHash(FieldReader in) throws Malformed {
    int length = in.rest("hash", "stands for the first ClientHello in the transcript").length();
    return new Messages.DescribedMessage("hash of " + length + " bytes");
  }

  /**
   * Proof that the client has the key by which the server knows it.
   *
   * <pre>
   * uint16 extension_type; uint16 length;
   * opaque x[32]; opaque y[32]; opaque r[32]; opaque s[32];   // draft-balfanz-tls-channelid-01 §4
   * </pre>
   */
  static Message channelId(FieldReader in) throws Malformed {
    in.u16("extension_type", Registry.EXTENSION, "always channel_id");
    FieldReader body = in.vector16("channel_id");
    body.bytes(32, "x", "public key on secp256r1, first coordinate");
    body.bytes(32, "y", "second coordinate");
    body.bytes(32, "r", "signature, first number");
    body.bytes(32, "s", "second number");
    body.end();
    return new Messages.DescribedMessage("a key on secp256r1 and a signature");
  }
}
