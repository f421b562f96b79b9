package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/** Extensions with a small structure of their own that few programs send. */
final class MiscExtensions {
  private MiscExtensions() {}

  /**
   * Keys for media that travels beside the connection.
   *
   * <pre>
   * SRTPProtectionProfile SRTPProtectionProfiles&lt;2..2^16-1&gt;;
   * opaque srtp_mki&lt;0..255&gt;;                 // RFC 5764 §4.1.1
   * </pre>
   */
  static Extension useSrtp(ExtensionType type, FieldReader in) throws Malformed {
    Codes profiles =
        in.vector16("protection_profiles")
            .codes(2, Registry.SRTP_PROTECTION_PROFILE, "how media may be protected");
    in.opaque8("srtp_mki", "which master key is meant");
    return DescribedExtension.of(type, profiles.names(Registry.SRTP_PROTECTION_PROFILE, 3));
  }

  /**
   * Keys bound to cookies and their like.
   *
   * <pre>
   * uint8 major; uint8 minor;
   * TokenBindingKeyParameters key_parameters_list&lt;1..2^8-1&gt;;   // RFC 8472 §2
   * </pre>
   */
  static Extension tokenBinding(ExtensionType type, FieldReader in) throws Malformed {
    int major = in.u8("major", "version of token binding, before the dot");
    int minor = in.u8("minor", "and after it");
    in.vector8("key_parameters_list")
        .codes(1, Registry.TOKEN_BINDING_KEY_PARAMETERS, "kind of key that may be bound");
    return DescribedExtension.of(type, major + "." + minor);
  }

  /** A user name for the Secure Remote Password protocol (RFC 5054 §2.8.1). */
  static Extension srp(ExtensionType type, FieldReader in) throws Malformed {
    String user = in.text8("srp_I", "user name, in the clear");
    return DescribedExtension.of(type, "user \"" + user + "\"");
  }

  /**
   * How many tickets the client would like; the server says how many it will send.
   *
   * <pre>
   * uint8 new_session_count; uint8 resumption_count;   // the client's form
   * uint8 expected_count;                              // RFC 9149 §3
   * </pre>
   */
  static Extension ticketRequest(ExtensionType type, FieldReader in, boolean client)
      throws Malformed {
    if (!client) {
      return DescribedExtension.of(
          type, "" + in.u8("expected_count", "tickets that the server will send"));
    }
    int fresh = in.u8("new_session_count", "tickets wanted after a full handshake");
    int again = in.u8("resumption_count", "tickets wanted after a resumption");
    return DescribedExtension.of(type, fresh + " or " + again);
  }

  /** The chain of DNSSEC records of the server's name (RFC 9102 §2.2, §2.3). */
  static Extension dnssecChain(ExtensionType type, FieldReader in, boolean client)
      throws Malformed {
    if (client) {
      return DescribedExtension.of(
          type, "port " + in.u16("port_number", "port whose TLSA record is wanted"));
    }
    in.u16("ext_support_lifetime", "hours for which the server will go on answering");
    return DescribedExtension.of(
        type,
        in.rest("authentication_chain", "DNS records, one after another").length() + " bytes");
  }

  /**
   * Names of application protocols without an outer length; nothing where they are asked for.
   *
   * <pre>
   * opaque ProtocolName&lt;1..2^8-1&gt;;           // one after another
   * </pre>
   *
   * See draft-agl-tls-nextprotoneg-04 §3.
   */
  static Extension nextProtocols(ExtensionType type, FieldReader extension) throws Malformed {
    FieldReader in = extension.struct("protocols");
    StringBuilder names = new StringBuilder();
    for (int i = 0; in.hasRemaining(); i++) {
      String name = in.element(i).text8("name", "application protocol that the server speaks");
      names.append(i == 0 ? "" : " ").append(name);
    }
    return DescribedExtension.of(type, names.toString());
  }

  /** A password's salt and other opaque things with two octets of length (RFC 8492 §4.3). */
  static Extension opaque16(ExtensionType type, FieldReader in, String field, String meaning)
      throws Malformed {
    return DescribedExtension.of(type, in.opaque16(field, meaning).length() + " bytes");
  }

  /** The name of a user, in the clear or encrypted (RFC 8492 §4.1, §4.2). */
  static Extension passwordName(ExtensionType type, FieldReader in) throws Malformed {
    return DescribedExtension.of(
        type, "user of " + in.opaque8("pwd_name", "user name").length() + " bytes");
  }

  /** Numbers of bits that are set, counted from the least of the first octet. */
  static Extension flags(ExtensionType type, FieldReader in) throws Malformed {
    return DescribedExtension.of(
        type,
        in.opaque8("flags", "one bit for each feature, as draft-ietf-tls-tlsflags has it").hex());
  }

  /**
   * An encrypted server name, the forerunner of encrypted_client_hello.
   *
   * <pre>
   * CipherSuite suite;
   * KeyShareEntry key_share;
   * opaque record_digest&lt;0..2^16-1&gt;;
   * opaque encrypted_sni&lt;0..2^16-1&gt;;         // draft-ietf-tls-esni-02 §5
   * </pre>
   */
  static Extension encryptedServerName(ExtensionType type, FieldReader in, boolean client)
      throws Malformed {
    if (!client) {
      in.rest("nonce", "shows that the server could read the name");
      return DescribedExtension.of(type, "");
    }
    in.u16("suite", Registry.CIPHER_SUITE, "how the name is encrypted");
    KeyShare.entry(in.struct("key_share"), true);
    in.opaque16("record_digest", "hash of the record with the server's key");
    int length = in.opaque16("encrypted_sni", "the name, encrypted").length();
    return DescribedExtension.of(type, length + " bytes");
  }
}
