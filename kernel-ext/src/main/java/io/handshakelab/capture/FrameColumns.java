package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structure of arrays: a frame is one index in each. The arrays are pages, so that growing copies
 * nothing; columns of a page that are as those of the page before are kept once, which makes most
 * frames cost 16 octets.
 */
final class FrameColumns {
  private static final int BITS = 12;
  private static final int SIZE = 1 << BITS;
  private static final int MASK = SIZE - 1;
  private static final Evidence[] EVIDENCE = Evidence.values();

  private int count;
  private Page[] pages = new Page[4];
  private final List<LinkType> linkTypes = new ArrayList<>();
  private final Map<Integer, Integer> linkTypeNumbers = new HashMap<>();
  private final List<Bytes> wholes = new ArrayList<>();
  private final Map<Integer, String> comments = new HashMap<>();

  private static final class Page {
    private final long[] times = new long[SIZE];
    private final int[] offsets = new int[SIZE];
    private final int[] lengths = new int[SIZE];
    private int[] originalLengths = new int[SIZE];
    private int[] whole = new int[SIZE];

    /** Link type and evidence: most pages have only one kind of frames. */
    private int[] kind = new int[SIZE];

    private void shareWith(@Nullable Page before) {
      if (Arrays.equals(originalLengths, lengths)) {
        originalLengths = lengths;
      }
      if (before != null && Arrays.equals(whole, before.whole)) {
        whole = before.whole;
      }
      if (before != null && Arrays.equals(kind, before.kind)) {
        kind = before.kind;
      }
    }
  }

  // Identity is meant: comparing contents would compare whole files.
  @SuppressWarnings("ReferenceEquality")
  void add(
      long time,
      LinkType type,
      Bytes bytes,
      int offset,
      int length,
      int originalLength,
      Evidence how,
      @Nullable String comment) {
    int i = count & MASK;
    if (i == 0) {
      grow();
    }
    Page page = pages[count >> BITS];
    page.times[i] = time;
    page.offsets[i] = offset;
    page.lengths[i] = length;
    page.originalLengths[i] = originalLength;
    page.kind[i] = indexOf(type) << 8 | how.ordinal();
    if (wholes.isEmpty() || wholes.get(wholes.size() - 1) != bytes) {
      wholes.add(bytes);
    }
    page.whole[i] = wholes.size() - 1;
    count++;
    if (comment != null) {
      comments.put(count, comment);
    }
  }

  int count() {
    return count;
  }

  /** Index of the frame with this number, counted from 1. */
  int index(int number) {
    if (number < 1 || number > count) {
      throw new IndexOutOfBoundsException("frame " + number + " of " + count);
    }
    return number - 1;
  }

  long time(int i) {
    return pages[i >> BITS].times[i & MASK];
  }

  int offset(int i) {
    return pages[i >> BITS].offsets[i & MASK];
  }

  int length(int i) {
    return pages[i >> BITS].lengths[i & MASK];
  }

  int originalLength(int i) {
    return pages[i >> BITS].originalLengths[i & MASK];
  }

  Bytes whole(int i) {
    return wholes.get(pages[i >> BITS].whole[i & MASK]);
  }

  LinkType linkType(int i) {
    return linkTypes.get(pages[i >> BITS].kind[i & MASK] >> 8);
  }

  Evidence evidence(int i) {
    return EVIDENCE[pages[i >> BITS].kind[i & MASK] & 0xff];
  }

  @Nullable String comment(int number) {
    return comments.get(number);
  }

  /** By their numbers: what a record compares itself with takes long to set up. */
  private int indexOf(LinkType type) {
    if (count > 0) {
      int last = pages[(count - 1) >> BITS].kind[(count - 1) & MASK] >> 8;
      if (type.number() == linkTypes.get(last).number()) {
        return last;
      }
    }
    Integer known = linkTypeNumbers.get(type.number());
    if (known == null) {
      if (linkTypes.size() > Character.MAX_VALUE) {
        throw new IllegalArgumentException("more than 65,536 link types in one capture");
      }
      known = linkTypes.size();
      linkTypes.add(type);
      linkTypeNumbers.put(type.number(), known);
    }
    return known;
  }

  private void grow() {
    int next = count >> BITS;
    if (next > 0) {
      pages[next - 1].shareWith(next > 1 ? pages[next - 2] : null);
    }
    if (next == pages.length) {
      pages = Arrays.copyOf(pages, next * 2);
    }
    pages[next] = new Page();
  }
}
