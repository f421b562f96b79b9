package io.handshakelab.tls.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The checked-in file with the rows of all registries: table, number, name, reference, explanation,
 * with a tab between them. The rows of a table stand together; only its numbers and names are read
 * at once, since a short run needs few of them.
 */
final class RegistryFile {
  private static final String TEXT = text();

  /** Each table once somebody has asked for it. */
  private static final AtomicReferenceArray<@Nullable Map<Integer, Row>> TABLES =
      new AtomicReferenceArray<>(Registry.values().length);

  private RegistryFile() {}

  /** One number of one registry. */
  record Row(String name, int lineEnd, int nameEnd) {
    @Nullable String reference() {
      return column(0);
    }

    @Nullable String explanation() {
      return column(1);
    }

    private @Nullable String column(int skipped) {
      int at = nameEnd;
      for (int i = 0; i < skipped && at < lineEnd; i++) {
        at = end(at + 1, lineEnd);
      }
      String column = at < lineEnd ? TEXT.substring(at + 1, end(at + 1, lineEnd)) : "";
      return column.isEmpty() ? null : column;
    }
  }

  static Map<Integer, Row> rows(Registry registry) {
    Map<Integer, Row> rows = TABLES.get(registry.ordinal());
    if (rows == null) {
      rows = read(registry.name().toLowerCase(Locale.ROOT));
      TABLES.set(registry.ordinal(), rows);
    }
    return rows;
  }

  private static Map<Integer, Row> read(String table) {
    Map<Integer, Row> rows = new HashMap<>();
    String begin = table + "\t0x";
    int at = TEXT.indexOf("\n" + begin) + 1;
    while (at > 0 && TEXT.startsWith(begin, at)) {
      int lineEnd = TEXT.indexOf('\n', at);
      int number = at + begin.length();
      int numberEnd = TEXT.indexOf('\t', number);
      int nameEnd = end(numberEnd + 1, lineEnd);
      String name = TEXT.substring(numberEnd + 1, nameEnd);
      rows.put(Integer.parseInt(TEXT, number, numberEnd, 16), new Row(name, lineEnd, nameEnd));
      at = lineEnd + 1;
    }
    return rows;
  }

  /** Where the column that begins here ends. */
  private static int end(int from, int lineEnd) {
    int tab = TEXT.indexOf('\t', from);
    return tab < 0 || tab > lineEnd ? lineEnd : tab;
  }

  private static String text() {
    try (InputStream in = RegistryFile.class.getResourceAsStream("registry.tsv")) {
      if (in == null) {
        throw new IllegalStateException("registry.tsv is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
