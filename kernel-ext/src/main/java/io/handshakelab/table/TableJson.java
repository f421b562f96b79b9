package io.handshakelab.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON (RFC 8259): one array of objects, one object on each line. Missing values are left out. */
final class TableJson extends RowWriter {
  private static final byte[] FIRST_ROW = {'\n', '{'};
  private static final byte[] NEXT_ROW = {'}', ',', '\n', '{'};
  private static final byte[] END = {'}', '\n', ']', '\n'};
  private static final byte[] NO_ROWS = {']', '\n'};
  private static final byte[] NO_KEY = {};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Words that are repeated are kept as they are written: so many for each column. */
  private static final int KNOWN = 64;

  private static final int LONGEST_KNOWN = 100;

  private final ByteOutput out;

  /** {@code ,"name":} of each column, and {@code "name":}. */
  private final byte[][] keys;

  private final byte[][] firstKeys;
  private final @Nullable String[] words;

  /** With their keys. */
  private final byte[] @Nullable [] written;

  /** Second parts of texts, and how they are written. */
  private final @Nullable String[] ends = new String[KNOWN];

  private final byte[] @Nullable [] writtenEnds = new byte[KNOWN][];

  private int next;
  private boolean first;

  private TableJson(TableShape shape, ByteOutput out) {
    super(out, FIRST_ROW, NEXT_ROW);
    this.out = out;
    keys = new byte[shape.size()][];
    firstKeys = new byte[shape.size()][];
    for (int i = 0; i < keys.length; i++) {
      byte[] name = JsonText.quoted(shape.column(i), NO_KEY);
      keys[i] = new byte[name.length + 2];
      keys[i][0] = ',';
      System.arraycopy(name, 0, keys[i], 1, name.length);
      keys[i][name.length + 1] = ':';
      firstKeys[i] = Arrays.copyOfRange(keys[i], 1, keys[i].length);
    }
    words = new String[keys.length * KNOWN];
    written = new byte[keys.length * KNOWN][];
  }

  private TableJson(TableJson whole) {
    super(whole);
    out = out();
    keys = whole.keys;
    firstKeys = whole.firstKeys;
    words = new String[keys.length * KNOWN];
    written = new byte[keys.length * KNOWN][];
  }

  @Override
  TableJson apart() {
    return new TableJson(this);
  }

  static void write(Listing listing, ByteOutput out) {
    out.ascii('[');
    TableJson sink = new TableJson(listing.shape(), out);
    listing.writeTo(sink);
    out.bytes(sink.hasRows() ? END : NO_ROWS);
  }

  @Override
  void start() {
    first = true;
    next = 0;
  }

  @Override
  TableJson add(int value) {
    key();
    out.number(value);
    return this;
  }

  @Override
  TableJson add(long value) {
    key();
    out.number(value);
    return this;
  }

  @Override
  TableJson add(double value) {
    if (!Double.isFinite(value)) {
      return missing();
    }
    key();
    out.text(Cells.plain(value));
    return this;
  }

  @Override
  TableJson add(boolean value) {
    key();
    out.bytes(value ? TRUE : FALSE);
    return this;
  }

  @Override
  TableJson add(@Nullable String value) {
    if (value == null) {
      return missing();
    }
    int slot = next * KNOWN + (value.hashCode() & (KNOWN - 1));
    if (value.length() > LONGEST_KNOWN || !value.equals(words[slot])) {
      words[slot] = value;
      written[slot] = null;
      key();
      JsonText.write(value, out);
      return this;
    }
    // Only what comes again is worth keeping.
    byte[] cell = written[slot];
    if (cell == null) {
      cell = JsonText.quoted(value, keys[next]);
      written[slot] = cell;
    }
    int comma = first ? 1 : 0;
    out.bytes(cell, comma, cell.length - comma);
    first = false;
    next++;
    return this;
  }

  @Override
  RowSink add(String start, String end) {
    if (end.isEmpty()) {
      return add(start);
    }
    key();
    out.ascii('"');
    JsonText.inside(start, out);
    int slot = end.hashCode() & (KNOWN - 1);
    byte[] rest = writtenEnds[slot];
    if (rest == null || !end.equals(ends[slot])) {
      rest = JsonText.inside(end);
      ends[slot] = end;
      writtenEnds[slot] = rest;
    }
    out.bytes(rest);
    out.ascii('"');
    return this;
  }

  @Override
  TableJson missing() {
    next++;
    return this;
  }

  @Override
  TableJson seconds(long nanos) {
    key();
    out.seconds(nanos);
    return this;
  }

  private void key() {
    out.bytes(first ? firstKeys[next] : keys[next]);
    first = false;
    next++;
  }
}
