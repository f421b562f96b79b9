package io.handshakelab.tls.registry;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registries, one constant each; their rows come from {@code registry.tsv}. They are open: an
 * unknown number has no name and prints as hexadecimal.
 */
public enum Registry {
  ALERT_DESCRIPTION(1),
  ALERT_LEVEL(1),
  AUTHZ_DATA_FORMAT(1),
  CACHED_INFORMATION_TYPE(1),
  CERTIFICATE_COMPRESSION(2),
  CERTIFICATE_STATUS_TYPE(1),
  CERTIFICATE_TYPE(1),
  CERT_CHAIN_TYPE(1),
  CHANGE_CIPHER_SPEC(1),
  CIPHER_SUITE(2),
  CLIENT_CERTIFICATE_TYPE(1),
  COMPRESSION_METHOD(1),
  CONTENT_TYPE(1),
  ECH_CLIENT_HELLO_TYPE(1),
  EC_BASIS_TYPE(1),
  EC_CURVE_TYPE(1),
  EC_POINT_FORMAT(1),
  EXTENSION(2),
  HANDSHAKE_TYPE(1),
  HEARTBEAT_MESSAGE_TYPE(1),
  HEARTBEAT_MODE(1),
  HPKE_AEAD(2),
  HPKE_KDF(2),
  HPKE_KEM(2),
  KEY_UPDATE_REQUEST(1),
  MAX_FRAGMENT_LENGTH(1),
  NAMED_GROUP(2),
  NAME_TYPE(1),
  PSK_KEY_EXCHANGE_MODE(1),
  QUIC_TRANSPORT_PARAMETER(2),
  SIGNATURE_SCHEME(2),
  SRTP_PROTECTION_PROFILE(2),
  SSL2_CIPHER_KIND(3),
  SUPPLEMENTAL_DATA_TYPE(2),
  TOKEN_BINDING_KEY_PARAMETERS(1),
  TRUSTED_CA_IDENTIFIER(1),
  USER_MAPPING_TYPE(1),
  VERSION(2);

  private final int octets;

  Registry(int octets) {
    this.octets = octets;
  }

  /** The assigned name, or null. */
  public @Nullable String name(int number) {
    RegistryFile.Row row = row(number);
    return row == null ? null : row.name();
  }

  /** Where the number is defined, such as {@code RFC 6066 §3}, or null. */
  public @Nullable String reference(int number) {
    RegistryFile.Row row = row(number);
    return row == null ? null : row.reference();
  }

  /** The name, or {@code GREASE (0x1a1a)}, or the number in hexadecimal. */
  public String describe(int number) {
    String name = name(number);
    if (name != null) {
      return name;
    }
    return isGrease(number) ? "GREASE (" + hex(number) + ")" : hex(number);
  }

  /** What it means, for somebody who is new to it; empty if there is nothing to say. */
  public String explain(int number) {
    if (isGrease(number)) {
      return "GREASE: means nothing, keeps the other end tolerant (RFC 8701)";
    }
    RegistryFile.Row row = row(number);
    if (row == null) {
      return "";
    }
    String explanation = row.explanation();
    return explanation == null && this == CIPHER_SUITE
        ? SuiteWords.of(row.name())
        : explanation == null ? "" : explanation;
  }

  /** Whether the number is one that is sent only to keep the other end tolerant (RFC 8701 §2). */
  public boolean isGrease(int number) {
    return switch (this) {
      case CIPHER_SUITE, EXTENSION, NAMED_GROUP, SIGNATURE_SCHEME, VERSION ->
          (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
      // RFC 8701 §2 has PskKeyExchangeModes of its own.
      case PSK_KEY_EXCHANGE_MODE -> number % 0x1f == 0x0b;
      default -> false;
    };
  }

  /** Known numbers and their names. */
  public Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    RegistryFile.rows(this).forEach((number, row) -> names.put(number, row.name()));
    return Map.copyOf(names);
  }

  private String hex(int number) {
    return "0x" + HexFormat.of().toHexDigits(number, 2 * octets);
  }

  private RegistryFile.@Nullable Row row(int number) {
    return RegistryFile.rows(this).get(number);
  }
}
