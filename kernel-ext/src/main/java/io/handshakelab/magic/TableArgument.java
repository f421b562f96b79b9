package io.handshakelab.magic;

import io.handshakelab.table.TableFormat;
import io.handshakelab.table.Tables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

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

  Answer answer(Table whole) {
    Table some = connection == null ? whole : Tables.connection(whole, connection);
    Table shown = limit == null ? some : Tables.limit(some, limit);
    return Answer.of(format == null ? shown : new FormattedTable(shown, format));
  }

  boolean isFormatted() {
    return format != null;
  }

  @Nullable Integer connection() {
    return connection;
  }
}
