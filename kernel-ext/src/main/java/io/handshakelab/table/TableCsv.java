package io.handshakelab.table;

import io.handshakelab.text.Escape;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180). */
final class TableCsv extends RowWriter {
  private static final byte[] NOTHING = {};
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final ByteOutput out;
  private final int columns;
  private int next;

  private TableCsv(TableShape shape, ByteOutput out) {
    super(out, NOTHING, NOTHING);
    this.out = out;
    this.columns = shape.size();
  }

  private TableCsv(TableCsv whole) {
    super(whole);
    out = out();
    columns = whole.columns;
  }

  @Override
  TableCsv apart() {
    return new TableCsv(this);
  }

  static void write(Listing listing, ByteOutput out) {
    TableShape shape = listing.shape();
    TableCsv sink = new TableCsv(shape, out);
    for (int i = 0; i < shape.size(); i++) {
      sink.add(shape.column(i));
    }
    listing.writeTo(sink);
  }

  @Override
  void start() {}

  @Override
  TableCsv add(int value) {
    return add((long) value);
  }

  @Override
  TableCsv add(long value) {
    out.number(value);
    return missing();
  }

  @Override
  TableCsv add(double value) {
    if (Double.isFinite(value)) {
      out.text(Cells.plain(value));
    }
    return missing();
  }

  @Override
  TableCsv add(boolean value) {
    out.bytes(value ? TRUE : FALSE);
    return missing();
  }

  @Override
  TableCsv add(@Nullable String value) {
    if (value != null) {
      out.text(quoted(value));
    }
    return missing();
  }

  @Override
  TableCsv missing() {
    next++;
    if (next == columns) {
      out.bytes(LINE_END);
      next = 0;
    } else {
      out.ascii(',');
    }
    return this;
  }

  @Override
  TableCsv seconds(long nanos) {
    out.seconds(nanos);
    return missing();
  }

  private static String quoted(String text) {
    String safe = Escape.visible(text);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\t') {
        return '"' + safe.replace("\"", "\"\"") + '"';
      }
    }
    return safe;
  }
}
