package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import io.handshakelab.table.TableFormat;
import io.handshakelab.table.TlsStream;
import io.handshakelab.tls.TlsRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code lab tcp FILE …} and {@code lab tls FILE …} by the shortest way: rows are written as they
 * are found. What is not plain enough for that, {@link Magics} does, with the same result; reading
 * the annotations of a command takes longer than reading a small file.
 */
public final class StraightTable {
  private final boolean tls;
  private @Nullable Path file;
  private final List<Path> keyLogs = new ArrayList<>();
  private @Nullable Integer connection;
  private @Nullable Integer limit;
  private @Nullable TableFormat format;

  private StraightTable(boolean tls) {
    this.tls = tls;
  }

  /** Null if these are no plain arguments for one of the two: then nothing was done. */
  public static @Nullable StraightTable of(List<String> words) {
    if (words.isEmpty() || !(words.get(0).equals("tcp") || words.get(0).equals("tls"))) {
      return null;
    }
    StraightTable table = new StraightTable(words.get(0).equals("tls"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      boolean option = word.startsWith("-");
      int equals = option ? word.indexOf('=') : -1;
      if (option && equals < 0 && ++i == words.size()) {
        return null;
      }
      boolean taken =
          !option
              ? table.takeFile(word)
              : equals < 0
                  ? table.take(word, words.get(i))
                  : table.take(word.substring(0, equals), word.substring(equals + 1));
      if (!taken) {
        return null;
      }
    }
    return table.file == null ? null : table;
  }

  /** Writes the table; the answer says what else there is to know, and has no value. */
  public Answer write(OutputStream out) throws IOException {
    Path read = file;
    if (read == null) {
      throw new IllegalStateException("there is no table without a file");
    }
    if (tls) {
      Thread ahead = new Thread(TlsRows::prepare, "prepare");
      ahead.setDaemon(true);
      ahead.start();
    }
    Capture capture = CaptureFiles.read(read);
    if (!keyLogs.isEmpty()) {
      capture = capture.withSecrets(KeyLog.read(keyLogs));
    }
    Analysis analysis = Analysis.of(capture);
    TlsStream messages = tls ? Listings.tlsStream(analysis.tcp()) : null;
    Listing listing = messages == null ? Listings.tcp(analysis) : messages;
    listing.choose(connection, limit).write(format == null ? TableFormat.TEXT : format, out);
    return CaptureArgument.judged(
        Answer.of(null),
        capture.warnings(),
        messages == null ? List.of() : messages.warnings(),
        !keyLogs.isEmpty());
  }

  private boolean takeFile(String word) {
    Path path = Session.file(word);
    if (file != null || path == null || !Files.isRegularFile(path)) {
      return false;
    }
    file = path;
    return true;
  }

  private boolean take(String option, String value) {
    switch (option) {
      case "--keylog" -> {
        Path path = Session.file(value);
        return path != null && keyLogs.add(path);
      }
      case "--conn" -> {
        boolean fresh = connection == null;
        connection = number(value);
        return fresh && connection != null;
      }
      case "--limit" -> {
        boolean fresh = limit == null;
        limit = number(value);
        return fresh && limit != null;
      }
      case "--format" -> {
        boolean fresh = format == null;
        format = format(value);
        return fresh && format != null;
      }
      default -> {
        return false;
      }
    }
  }

  private static @Nullable TableFormat format(String name) {
    return switch (name) {
      case "json" -> TableFormat.JSON;
      case "csv" -> TableFormat.CSV;
      case "text" -> TableFormat.TEXT;
      default -> null;
    };
  }

  /** Plain digits only. */
  private static @Nullable Integer number(String word) {
    if (word.isEmpty() || word.length() > 9) {
      return null;
    }
    int number = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
