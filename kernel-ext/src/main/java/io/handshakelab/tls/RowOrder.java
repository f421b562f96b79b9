package io.handshakelab.tls;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts the rows of several connections in the order of the capture. No more rows wait than belong
 * to connections of which one is still to come before them.
 */
final class RowOrder {
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

  /** Takes rows in their order. */
  interface Taker {
    /**
     * Takes the next row.
     *
     * @param frame in which it is complete
     * @param version the negotiated one of its connection, or 0
     */
    void take(Row row, int frame, int version);
  }

  /** Adds the rows of one connection, numbered in the order in which connections begin. */
  void add(int connection, List<Row> rows, int version) {
    if (!rows.isEmpty()) {
      waiting.add(new Waiting(connection, rows, version));
    }
  }

  /** Tells all rows of frames before this one: none may be added to them later. */
  void tellBefore(int frame, Taker taker) {
    Waiting first = waiting.peek();
    while (first != null && first.frame() < frame) {
      waiting.poll();
      Waiting second = waiting.peek();
      int limit = second == null ? frame : Math.min(frame, second.frame());
      do {
        taker.take(first.row(), first.frame(), first.version);
        first.next++;
      } while (!first.isOver() && first.frame() < limit);
      if (!first.isOver()) {
        waiting.add(first);
      }
      first = waiting.peek();
    }
  }

  void tellAll(Taker taker) {
    tellBefore(Integer.MAX_VALUE, taker);
  }

  private static final class Waiting implements Comparable<Waiting> {
    private static final int MOST_MOVES = 1000;

    private final int connection;
    private final Row[] rows;
    private final int[] frames;
    private final int version;
    private int next;

    private Waiting(int connection, List<Row> unsorted, int version) {
      this.connection = connection;
      this.version = version;
      rows = unsorted.toArray(new Row[0]);
      frames = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        frames[i] = rows[i].frame();
      }
      sort();
    }

    /** Rows are mostly in order already, and those of one frame stay in theirs. */
    private void sort() {
      long moves = 0;
      for (int i = 1; i < rows.length; i++) {
        if (moves > MOST_MOVES + 8L * rows.length) {
          sortFromAnyOrder();
          return;
        }
        Row row = rows[i];
        int frame = frames[i];
        int to = i;
        while (to > 0 && frames[to - 1] > frame) {
          rows[to] = rows[to - 1];
          frames[to] = frames[to - 1];
          to--;
        }
        rows[to] = row;
        frames[to] = frame;
        moves += i - to;
      }
    }

    /** What lies behind a gap may have come before the gap. */
    private void sortFromAnyOrder() {
      Arrays.sort(rows, Comparator.comparingInt(Row::frame));
      for (int i = 0; i < rows.length; i++) {
        frames[i] = rows[i].frame();
      }
    }

    private Row row() {
      return rows[next];
    }

    private int frame() {
      return frames[next];
    }

    private boolean isOver() {
      return next == rows.length;
    }

    @Override
    public int compareTo(Waiting other) {
      int byFrame = Integer.compare(frame(), other.frame());
      return byFrame != 0 ? byFrame : Integer.compare(connection, other.connection);
    }
  }
}
