package io.handshakelab.tcp;

import java.util.Arrays;

/**
 * Which segment brought which octets of a stream: runs without overlap in the order of the stream,
 * of which the first ones follow each other without a gap. Where segments overlap, the octets that
 * came first are kept. It holds numbers, not octets.
 */
final class Reassembler {
  /** Octets kept of one connection, both ways together: 64 MiB. */
  static final int CONNECTION_LIMIT = 64 << 20;

  /** Octets kept of one capture: 512 MiB. */
  static final int TOTAL_LIMIT = 512 << 20;

  /** Runs kept behind a gap. */
  static final int PENDING_LIMIT = 4096;

  private int[] start = new int[4];
  private int[] end = new int[4];
  private int[] row = new int[4];
  private int count;
  private int ready;
  private int contiguous;
  private int held;
  private int available = Integer.MAX_VALUE;
  private boolean limited;
  private boolean crowded;

  /**
   * Adds the octets from {@code from} up to {@code from + length}, counted from the start of the
   * stream, of which the first {@code captured} are there.
   */
  void add(int segment, int from, int length, int captured, Budget budget) {
    int to = from + length;
    if (limited || to <= contiguous || to < from || from > contiguous + CONNECTION_LIMIT) {
      return;
    }
    int first = Math.max(from, contiguous);
    int room = budget.take(to - first);
    if (room < to - first) {
      if (first > contiguous) {
        budget.giveBack(room);
        return;
      }
      limited = true;
      to = first + room;
    }
    int before = held;
    insert(segment, first, to);
    budget.giveBack(room - (held - before));
    if (captured < length) {
      available = Math.min(available, Math.max(first, from + captured));
    }
    while (ready < count && start[ready] == contiguous) {
      contiguous = end[ready];
      ready++;
    }
  }

  /** Octets from the start of the stream to the first gap. */
  int contiguous() {
    return contiguous;
  }

  /** Octets from the start of the stream to the first that is missing or was not captured. */
  int length() {
    return Math.min(contiguous, available);
  }

  boolean hasGap() {
    return ready < count || crowded || available < contiguous;
  }

  /** Whether the limit of memory was reached. */
  boolean limited() {
    return limited;
  }

  /** Whether so many runs came behind a gap that some were dropped. */
  boolean crowded() {
    return crowded;
  }

  /** Number of runs before the first gap. */
  int runs() {
    return ready;
  }

  int start(int run) {
    return start[run];
  }

  int end(int run) {
    return end[run];
  }

  /** The segment that brought the run. */
  int row(int run) {
    return row[run];
  }

  /** The run that holds the octet at this offset. */
  int runAt(int offset) {
    int found = Arrays.binarySearch(start, 0, ready, offset);
    return found >= 0 ? found : -found - 2;
  }

  private void insert(int segment, int from, int to) {
    int at = count == 0 || end[count - 1] <= from ? count : firstEndingAfter(from);
    int position = from;
    while (position < to) {
      if (at < count && start[at] <= position) {
        position = Math.max(position, end[at]);
        at++;
      } else if (count - ready >= PENDING_LIMIT) {
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
    System.arraycopy(start, at, start, at + 1, count - at);
    System.arraycopy(end, at, end, at + 1, count - at);
    System.arraycopy(row, at, row, at + 1, count - at);
    start[at] = from;
    end[at] = to;
    row[at] = segment;
    count++;
    held += to - from;
  }

  /** What may still be kept of one connection, and of the whole capture. */
  static final class Budget {
    private final Budget whole;
    private int left;

    Budget(int octets) {
      this.whole = this;
      this.left = octets;
    }

    Budget(int octets, Budget whole) {
      this.whole = whole;
      this.left = octets;
    }

    private int take(int octets) {
      int given = Math.min(octets, Math.min(left, whole.left));
      change(-given);
      return given;
    }

    private void giveBack(int octets) {
      change(octets);
    }

    // Identity is meant: the budget of the capture is its own whole.
    @SuppressWarnings("ReferenceEquality")
    private void change(int octets) {
      left += octets;
      if (whole != this) {
        whole.left += octets;
      }
    }
  }
}
