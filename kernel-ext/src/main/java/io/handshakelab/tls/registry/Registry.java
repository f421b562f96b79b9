package io.handshakelab.tls.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registries, one constant each; their rows come from {@code registry.tsv}. They are open: an
 * unknown number has no name and prints as hexadecimal.
 */
public enum Registry {
  ALERT_DESCRIPTION(1),
  ALERT_LEVEL(1),
  CERTIFICATE_COMPRESSION(2),
  CERTIFICATE_STATUS_TYPE(1),
  CERTIFICATE_TYPE(1),
  CHANGE_CIPHER_SPEC(1),
  CIPHER_SUITE(2),
  CLIENT_CERTIFICATE_TYPE(1),
  COMPRESSION_METHOD(1),
  CONTENT_TYPE(1),
  ECH_CLIENT_HELLO_TYPE(1),
  EC_CURVE_TYPE(1),
  EC_POINT_FORMAT(1),
  EXTENSION(2),
  HANDSHAKE_TYPE(1),
  HPKE_AEAD(2),
  HPKE_KDF(2),
  HPKE_KEM(2),
  KEY_UPDATE_REQUEST(1),
  MAX_FRAGMENT_LENGTH(1),
  NAMED_GROUP(2),
  NAME_TYPE(1),
  PSK_KEY_EXCHANGE_MODE(1),
  SIGNATURE_SCHEME(2),
  VERSION(2);

  private final int octets;

  Registry(int octets) {
    this.octets = octets;
  }

  /** The assigned name, or null. */
  public @Nullable String name(int number) {
    Row row = row(number);
    return row == null ? null : row.name;
  }

  /** Where the number is defined, such as {@code RFC 6066 §3}, or null. */
  public @Nullable String reference(int number) {
    Row row = row(number);
    return row == null ? null : row.reference;
  }

  /** The name, or {@code GREASE (0x1a1a)}, or the number in hexadecimal. */
  public String describe(int number) {
    String name = name(number);
    if (name != null) {
      return name;
    }
    return isGrease(number) ? "GREASE (" + hex(number) + ")" : hex(number);
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
    Rows.TABLES.getOrDefault(this, Map.of()).forEach((number, row) -> names.put(number, row.name));
    return Map.copyOf(names);
  }

  private String hex(int number) {
    return "0x" + HexFormat.of().toHexDigits(number, 2 * octets);
  }

  private @Nullable Row row(int number) {
    Map<Integer, Row> table = Rows.TABLES.get(this);
    return table == null ? null : table.get(number);
  }

  private record Row(String name, @Nullable String reference) {}

  /** Read when the first name is asked for. */
  private static final class Rows {
    private static final Map<Registry, Map<Integer, Row>> TABLES = read();

    private static Map<Registry, Map<Integer, Row>> read() {
      Map<Registry, Map<Integer, Row>> tables = new EnumMap<>(Registry.class);
      try (InputStream in = Registry.class.getResourceAsStream("registry.tsv")) {
        if (in == null) {
          throw new IllegalStateException("registry.tsv is missing from the class path");
        }
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("#")) {
            add(tables, line.split("\t", -1));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return tables;
    }

    private static void add(Map<Registry, Map<Integer, Row>> tables, String[] columns) {
      Registry registry = valueOf(columns[0].toUpperCase(Locale.ROOT));
      Row row = new Row(columns[2], columns.length > 3 ? columns[3] : null);
      tables.computeIfAbsent(registry, r -> new HashMap<>()).put(Integer.decode(columns[1]), row);
    }
  }
}
