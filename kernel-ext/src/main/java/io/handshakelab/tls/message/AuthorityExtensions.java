package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/** Extensions about which authorities and which certificates are welcome. */
final class AuthorityExtensions {
  private AuthorityExtensions() {}

  /**
   * Authorities that the client trusts; an empty answer says that the server went by them.
   *
   * <pre>
   * struct {
   *     IdentifierType identifier_type;
   *     select (identifier_type) {
   *         case pre_agreed: struct {};
   *         case key_sha1_hash: opaque SHA1Hash[20];
   *         case x509_name: opaque DistinguishedName&lt;1..2^16-1&gt;;
   *         case cert_sha1_hash: opaque SHA1Hash[20];
   *     } identifier;
   * } TrustedAuthority;
   * TrustedAuthority trusted_authorities_list&lt;0..2^16-1&gt;;   // RFC 6066 §6
   * </pre>
   */
  static Extension trustedCaKeys(ExtensionType type, FieldReader in) throws Malformed {
    if (!in.hasRemaining()) {
      return DescribedExtension.of(type, "");
    }
    FieldReader list = in.vector16("trusted_authorities_list");
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      int kind =
          one.u8("identifier_type", Registry.TRUSTED_CA_IDENTIFIER, "how the authority is named");
      switch (kind) {
        case 0 -> {}
        case 2 -> DistinguishedName.note(one, one.opaque16("name", "name of the authority"));
        default -> one.bytes(20, "sha1_hash", "SHA-1 of its key or certificate");
      }
    }
    return DescribedExtension.of(type, count + (count == 1 ? " authority" : " authorities"));
  }

  /**
   * Authorities by short numbers, instead of their long names.
   *
   * <pre>
   * opaque TrustAnchorID&lt;1..2^8-1&gt;;          // a relative object identifier
   * TrustAnchorID TrustAnchorIDList&lt;0..2^16-1&gt;;   // draft-ietf-tls-trust-anchor-ids §4
   * </pre>
   */
  static Extension trustAnchors(ExtensionType type, FieldReader in) throws Malformed {
    if (!in.hasRemaining()) {
      return DescribedExtension.of(type, "");
    }
    FieldReader list = in.vector16("trust_anchors");
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      Bytes id = one.opaque8("trust_anchor_id", "number of an authority below 1.3.6.1.4.1");
      if (one.isNoting() && !id.isEmpty()) {
        one.say(ObjectIdentifier.relative(id));
      }
    }
    return DescribedExtension.of(type, Integer.toString(count));
  }

  /**
   * What a client's certificate must have in its extensions.
   *
   * <pre>
   * struct {
   *     opaque certificate_extension_oid&lt;1..2^8-1&gt;;
   *     opaque certificate_extension_values&lt;0..2^16-1&gt;;
   * } OIDFilter;
   * OIDFilter filters&lt;0..2^16-1&gt;;             // RFC 8446 §4.2.5
   * </pre>
   */
  static Extension oidFilters(ExtensionType type, FieldReader in) throws Malformed {
    FieldReader list = in.vector16("filters");
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      Bytes oid = one.opaque8("certificate_extension_oid", "which certificate extension");
      if (one.isNoting() && !oid.isEmpty()) {
        one.say(ObjectIdentifier.ofDer(oid));
      }
      one.opaque16("certificate_extension_values", "what it must contain, in DER");
    }
    return DescribedExtension.of(type, Integer.toString(count));
  }

  /**
   * What the client has kept from an earlier visit and need not be sent again.
   *
   * <pre>
   * struct {
   *     CachedInformationType type;              // 1: cert, 2: cert_req
   *     opaque hash_value&lt;1..255&gt;;           // the client's form only
   * } CachedObject;
   * CachedObject cached_info&lt;1..2^16-1&gt;;     // RFC 7924 §3
   * </pre>
   */
  static Extension cachedInfo(ExtensionType type, FieldReader in, boolean client) throws Malformed {
    FieldReader list = in.vector16("cached_info");
    int count = 0;
    while (list.hasRemaining()) {
      FieldReader one = list.element(count++);
      one.u8("type", Registry.CACHED_INFORMATION_TYPE, "what is kept");
      if (client) {
        one.opaque8("hash_value", "SHA-256 of what is kept");
      }
    }
    return DescribedExtension.of(type, count + " kept");
  }

  /**
   * A short-lived key that the owner of the certificate vouches for; in a ClientHello the
   * signatures that such keys may make.
   *
   * <pre>
   * struct {
   *     uint32 valid_time;
   *     SignatureScheme dc_cert_verify_algorithm;
   *     opaque ASN1_subjectPublicKeyInfo&lt;1..2^24-1&gt;;
   * } Credential;
   * struct {
   *     Credential cred;
   *     SignatureScheme algorithm;
   *     opaque signature&lt;1..2^16-1&gt;;
   * } DelegatedCredential;                       // RFC 9345 §4
   * </pre>
   */
  static Extension delegatedCredential(ExtensionType type, FieldReader in, Place place)
      throws Malformed {
    if (place != Place.CERTIFICATE) {
      return CodeList.of16(
          type,
          Registry.SIGNATURE_SCHEME,
          2,
          in,
          "signature of a delegated key that can be checked");
    }
    FieldReader credential = in.struct("cred");
    long seconds =
        credential.u32(
            "valid_time", "seconds after the certificate's notBefore for which it holds");
    credential.u16(
        "dc_cert_verify_algorithm", Registry.SIGNATURE_SCHEME, "how the delegated key signs");
    credential.opaque24("subject_public_key_info", "the delegated public key, in DER");
    in.u16("algorithm", Registry.SIGNATURE_SCHEME, "how the certificate's key has signed it");
    in.opaque16("signature", "made with the certificate's key");
    return DescribedExtension.of(type, "valid for " + seconds + " s");
  }

  /**
   * Proofs of publication in a certificate log, of version 2.
   *
   * <pre>
   * opaque SerializedTransItem&lt;1..2^16-1&gt;;
   * SerializedTransItem trans_item_list&lt;1..2^16-1&gt;;   // RFC 9162 §6.3
   * </pre>
   */
  static Extension transparencyInfo(ExtensionType type, FieldReader in) throws Malformed {
    int count = 0;
    if (in.hasRemaining()) {
      FieldReader list = in.vector16("trans_item_list");
      while (list.hasRemaining()) {
        FieldReader one = list.element(count++).flat16("item");
        one.u16("versioned_type", "kind of item");
        one.rest("data", "the item");
      }
    }
    return DescribedExtension.of(type, count == 0 ? "" : count + " items");
  }
}
