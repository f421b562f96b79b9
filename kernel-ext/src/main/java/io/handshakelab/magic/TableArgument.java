package io.handshakelab.magic;

import io.handshakelab.table.Listing;
import io.handshakelab.table.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --conn}, {@code --limit} and {@code --format}, for every command that gives a table. */
final class TableArgument {
  @Option(names = "--conn", paramLabel = "N", description = "Only this TCP connection, from 0.")
  private @Nullable Integer connection;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N rows.")
  private @Nullable Integer limit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, csv or json, for other programs to read.")
  private @Nullable TableFormat format;

  /** In a shell the table is to be written, in a notebook to be used. */
  Answer answer(Session session, Listing whole) {
    Listing chosen = whole.choose(connection, limit);
    if (format != null) {
      return Answer.of(new FormattedTable(chosen, format));
    }
    return Answer.of(
        session.isShell() ? new FormattedTable(chosen, TableFormat.TEXT) : chosen.table());
  }

  boolean isFormatted() {
    return format != null;
  }

  @Nullable Integer connection() {
    return connection;
  }
}
