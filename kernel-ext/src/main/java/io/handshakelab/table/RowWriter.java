package io.handshakelab.table;

/** Writes rows as text, with what stands between them. */
abstract class RowWriter extends RowSink {
  private static final byte[] NOTHING = {};

  private final ByteOutput out;
  private final byte[] first;
  private final byte[] between;
  private boolean any;

  /**
   * Writes there.
   *
   * @param first what comes before the first row
   * @param between what comes before each later one
   */
  RowWriter(ByteOutput out, byte[] first, byte[] between) {
    this.out = out;
    this.first = first;
    this.between = between;
  }

  /** The same for rows that are put in their place later: nothing comes before the first one. */
  RowWriter(RowWriter whole) {
    this(new ByteOutput(), NOTHING, whole.between);
  }

  /** A writer of rows that are put in their place later, by {@link #add(byte[], int, int)}. */
  abstract RowWriter apart();

  /** Gets ready for the cells of a row. */
  abstract void start();

  final ByteOutput out() {
    return out;
  }

  final boolean hasRows() {
    return any;
  }

  @Override
  final void begin() {
    out.bytes(any ? between : first);
    any = true;
    start();
  }

  /** Adds rows that were written apart. */
  final void add(byte[] rows, int from, int to) {
    out.bytes(any ? between : first);
    any = true;
    out.bytes(rows, from, to - from);
  }

  /** What was written apart; the next row is the first again. */
  final byte[] take() {
    any = false;
    return out.take();
  }

  /** The next row is the first again; what was written stays. */
  final int mark() {
    any = false;
    return out.size();
  }
}
