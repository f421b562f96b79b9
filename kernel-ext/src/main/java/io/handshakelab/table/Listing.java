package io.handshakelab.table;

import io.handshakelab.problem.Problem;
import io.handshakelab.tcp.InOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A table that is still to be made: its shape, and who can tell its rows one after the other, more
 * than once if need be. It becomes a Tablesaw table, or goes straight into text, CSV or JSON.
 */
public abstract class Listing {
  private final TableShape shape;
  private @Nullable Integer connection;
  private int limit = Integer.MAX_VALUE;

  Listing(TableShape shape) {
    this.shape = shape;
  }

  abstract void tell(RowSink sink);

  /**
   * Writes all rows on several threads, if that can be done; else it has done nothing and says so.
   */
  boolean writeInPieces(RowWriter writer) {
    return false;
  }

  final TableShape shape() {
    return shape;
  }

  /** Keeps only the rows of one TCP connection, if it is not null, and of these the first few. */
  public final Listing choose(@Nullable Integer conn, @Nullable Integer rows) {
    if (conn != null && !shape.hasConnections()) {
      throw new Problem(
          "The table " + shape.name() + " does not belong to a TCP connection", "Leave --conn out");
    }
    if (rows != null && rows < 0) {
      throw new Problem("A table cannot have " + rows + " rows", "Give --limit 0 or more");
    }
    connection = conn;
    limit = rows == null ? Integer.MAX_VALUE : rows;
    return this;
  }

  /** As a Tablesaw table of all rows. */
  Table wholeTable() {
    Rows rows = new Rows(shape);
    tell(rows);
    return rows.table();
  }

  public final Table table() {
    if (isWhole()) {
      return wholeTable();
    }
    Rows rows = new Rows(shape);
    tellTo(rows);
    return rows.table();
  }

  /** Writes it, with a line break at its end. */
  public final void write(TableFormat format, OutputStream out) throws IOException {
    try {
      ByteOutput bytes = new ByteOutput(out);
      format.write(this, bytes);
      bytes.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What {@link #write} writes. */
  public final String text(TableFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(format, out);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  final void writeTo(RowWriter writer) {
    if (!isWhole() || InOrder.threads() == 1 || !writeInPieces(writer)) {
      tellTo(writer);
    }
  }

  /** Whether no rows were left out. */
  private boolean isWhole() {
    return connection == null && limit == Integer.MAX_VALUE;
  }

  final void tellTo(RowSink sink) {
    sink.choose(connection, limit);
    tell(sink);
  }
}
