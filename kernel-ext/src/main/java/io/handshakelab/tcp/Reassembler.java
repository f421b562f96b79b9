package io.handshakelab.tcp;

import java.util.Arrays;

/**
 * Which segment brought which octets of a stream: runs without overlap in the order of the stream.
 * Where segments overlap, the octets that came first are kept. Octets that were sent but not
 * captured are runs too, {@linkplain #isHole holes}. It holds numbers, not octets.
 */
final class Reassembler {
  /** Octets of one stream: as many as an offset can count. What they cost is their runs. */
  static final int LIMIT = Integer.MAX_VALUE;

  /** The largest window (RFC 7323 §2.3): what lies further ahead is not of this stream. */
  static final int FURTHEST_AHEAD = 1 << 30;

  /** Runs that a new one may push aside, for each segment: it bounds the time that all take. */
  private static final int MOVES_PER_SEGMENT = 4096;

  private int[] start = new int[4];
  private int[] end = new int[4];
  private int[] row = new int[4];
  private int count;
  private int ready;
  private int contiguous;
  private long moves;
  private final int limit;
  private boolean limited;
  private boolean crowded;

  Reassembler() {
    this(LIMIT);
  }

  Reassembler(int limit) {
    this.limit = limit;
  }

  /**
   * Adds the octets from {@code from} up to {@code from + length}, counted from the start of the
   * stream, of which the first {@code captured} are there.
   */
  void add(int segment, int from, int length, int captured) {
    int furthest = count == 0 ? 0 : end[count - 1];
    moves += MOVES_PER_SEGMENT;
    if (limited || from - (long) furthest >= FURTHEST_AHEAD) {
      return;
    }
    long behind = from + (long) length;
    limited = behind > limit;
    int to = (int) Math.min(behind, limit);
    if (to <= contiguous || to <= from) {
      return;
    }
    int first = Math.max(from, contiguous);
    int there = (int) Math.min(to, Math.max(first, from + (long) captured));
    insert(segment, first, there);
    insert(~segment, there, to);
    while (ready < count && start[ready] == contiguous) {
      contiguous = end[ready];
      ready++;
    }
  }

  /** Octets that the receiver has in order, captured or not: from the start to the first gap. */
  int contiguous() {
    return contiguous;
  }

  /** Whether there was more than the limit. */
  boolean limited() {
    return limited;
  }

  /** Whether segments came so much out of order that some were dropped. */
  boolean crowded() {
    return crowded;
  }

  int runs() {
    return count;
  }

  int start(int run) {
    return start[run];
  }

  int end(int run) {
    return end[run];
  }

  /** Whether the octets of this run were sent, but not captured. */
  boolean isHole(int run) {
    return row[run] < 0;
  }

  /** The segment that brought the run. */
  int row(int run) {
    return row[run] < 0 ? ~row[run] : row[run];
  }

  /** The run behind the last that follows {@code first} without a gap or a hole. */
  int runsFrom(int first) {
    int run = first;
    while (run < count && row[run] >= 0 && (run == first || start[run] == end[run - 1])) {
      run++;
    }
    return run;
  }

  /** The run that holds the octet at this offset, among those from one number up to another. */
  int runAt(int offset, int from, int to) {
    int found = Arrays.binarySearch(start, from, to, offset);
    return found >= 0 ? found : -found - 2;
  }

  private void insert(int segment, int from, int to) {
    int at = count == 0 || end[count - 1] <= from ? count : firstEndingAfter(from);
    int position = from;
    while (position < to) {
      if (at < count && start[at] <= position) {
        position = Math.max(position, end[at]);
        at++;
      } else if (count - at > moves) {
        crowded = true;
        return;
      } else {
        int stop = at < count ? Math.min(to, start[at]) : to;
        put(at, position, stop, segment);
        position = stop;
        at++;
      }
    }
  }

  private int firstEndingAfter(int offset) {
    int found = Arrays.binarySearch(end, ready, count, offset + 1);
    return found >= 0 ? found : -found - 1;
  }

  private void put(int at, int from, int to, int segment) {
    if (count == start.length) {
      start = Arrays.copyOf(start, count * 2);
      end = Arrays.copyOf(end, count * 2);
      row = Arrays.copyOf(row, count * 2);
    }
    if (at < count) {
      moves -= count - at;
      System.arraycopy(start, at, start, at + 1, count - at);
      System.arraycopy(end, at, end, at + 1, count - at);
      System.arraycopy(row, at, row, at + 1, count - at);
    }
    start[at] = from;
    end[at] = to;
    row[at] = segment;
    count++;
  }
}
