package io.handshakelab.table;

import org.jspecify.annotations.Nullable;

/**
 * Takes a table row by row, and each row cell by cell in the order of the columns: {@link #row}
 * first, then as many cells as there are columns. Nothing is kept longer than the sink wants it, so
 * that a table may be larger than the memory.
 */
abstract class RowSink {
  private static final int ANY = -1;

  private int connection = ANY;
  private int left = Integer.MAX_VALUE;

  /** Lets only rows of this connection in, if it is not null, and no more than {@code limit}. */
  final void choose(@Nullable Integer only, int limit) {
    connection = only == null ? ANY : only;
    left = limit;
  }

  /** Whether a row of this connection would be taken now. */
  final boolean wants(int ofConnection) {
    return left > 0 && (connection == ANY || connection == ofConnection);
  }

  /** Begins a row; false if it is not wanted: then none of its cells may be added. */
  final boolean row(int ofConnection) {
    if ((connection != ANY && connection != ofConnection) || left == 0) {
      return false;
    }
    left--;
    begin();
    return true;
  }

  /** As {@link #row(int)}; null is no connection. */
  final boolean row(@Nullable Integer ofConnection) {
    return row(ofConnection == null ? Integer.MIN_VALUE : ofConnection.intValue());
  }

  /** A row that belongs to no connection. */
  final boolean row() {
    return row(Integer.MIN_VALUE);
  }

  /** Whether no more rows are wanted. */
  final boolean isFull() {
    return left == 0;
  }

  abstract void begin();

  abstract RowSink add(int value);

  abstract RowSink add(long value);

  abstract RowSink add(double value);

  abstract RowSink add(boolean value);

  /** A text; null is a missing value. */
  abstract RowSink add(@Nullable String value);

  /** A text of two parts, of which the second is the same for many rows. */
  RowSink add(String start, String end) {
    return add(start.concat(end));
  }

  abstract RowSink missing();

  /** A time in a column of seconds. */
  abstract RowSink seconds(long nanos);

  final RowSink add(@Nullable Integer value) {
    return value == null ? missing() : add(value.intValue());
  }

  final RowSink add(@Nullable Long value) {
    return value == null ? missing() : add(value.longValue());
  }

  final RowSink add(@Nullable Double value) {
    return value == null ? missing() : add(value.doubleValue());
  }

  final RowSink add(@Nullable Boolean value) {
    return value == null ? missing() : add(value.booleanValue());
  }
}
