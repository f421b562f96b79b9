package io.handshakelab.tls;

import java.util.PriorityQueue;

/**
 * Puts the rows of several connections in the order of the capture. No more rows wait than belong
 * to connections of which one is still to come before them.
 *
 * @param <T> what has the rows of one connection
 */
public final class RowOrder<T> {
  private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>();

  /** Takes rows in their order. */
  public interface Taker<T> {
    /** Takes the next row: one of this source, complete in this frame. */
    void take(T source, int row, int frame);
  }

  /**
   * Adds the rows of one connection.
   *
   * @param connection numbered in the order in which connections begin
   * @param frames in which each row is complete, in order
   */
  public void add(int connection, int[] frames, T source) {
    if (frames.length > 0) {
      waiting.add(new Waiting<>(connection, frames, source));
    }
  }

  /** Tells all rows of frames before this one: none may be added to them later. */
  public void tellBefore(int frame, Taker<? super T> taker) {
    Waiting<T> first = waiting.peek();
    while (first != null && first.frame() < frame) {
      waiting.poll();
      Waiting<T> second = waiting.peek();
      int limit = second == null ? frame : Math.min(frame, second.frame());
      do {
        taker.take(first.source, first.next, first.frame());
        first.next++;
      } while (!first.isOver() && first.frame() < limit);
      if (!first.isOver()) {
        waiting.add(first);
      }
      first = waiting.peek();
    }
  }

  public void tellAll(Taker<? super T> taker) {
    tellBefore(Integer.MAX_VALUE, taker);
  }

  private static final class Waiting<T> implements Comparable<Waiting<T>> {
    private final int connection;
    private final int[] frames;
    private final T source;
    private int next;

    private Waiting(int connection, int[] frames, T source) {
      this.connection = connection;
      this.frames = frames;
      this.source = source;
    }

    private int frame() {
      return frames[next];
    }

    private boolean isOver() {
      return next == frames.length;
    }

    @Override
    public int compareTo(Waiting<T> other) {
      int byFrame = Integer.compare(frame(), other.frame());
      return byFrame != 0 ? byFrame : Integer.compare(connection, other.connection);
    }
  }
}
