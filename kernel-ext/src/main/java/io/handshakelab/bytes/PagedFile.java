package io.handshakelab.bytes;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read page by page when somebody looks, and of which only the pages looked at last
 * are kept: a mapping would count as memory of the process, all of it. The file must stay as it is.
 * For several threads at once.
 */
public final class PagedFile {
  private static final int KEPT = 16;

  private final FileChannel channel;
  private final int length;
  private final int shift;

  /** Each page has so many octets of the next one behind it, so that small runs lie in one. */
  private final int overlap;

  private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(KEPT);

  /** Never changed, so that threads may share it without more ado. */
  private static final class Page {
    private final int number;
    private final byte[] octets;
    private final Bytes bytes;

    private Page(int number, byte[] octets) {
      this.number = number;
      this.octets = octets;
      this.bytes = Bytes.wrap(octets);
    }
  }

  /**
   * Reads nothing yet.
   *
   * @param channel stays open as long as this object lives
   * @param length octets of the file that count
   * @param pageBits a page has 2^pageBits octets
   */
  public PagedFile(FileChannel channel, int length, int pageBits) {
    this.channel = channel;
    this.length = length;
    this.shift = pageBits;
    this.overlap = 1 << (pageBits - 4);
  }

  int length() {
    return length;
  }

  int u8(int at) {
    return page(at).octets[at & ((1 << shift) - 1)] & 0xff;
  }

  int i32(int at) {
    int within = at & ((1 << shift) - 1);
    byte[] octets = page(at).octets;
    if (within + 4 > octets.length) {
      return u8(at) << 24 | u8(at + 1) << 16 | u8(at + 2) << 8 | u8(at + 3);
    }
    return octets[within] << 24
        | (octets[within + 1] & 0xff) << 16
        | (octets[within + 2] & 0xff) << 8
        | (octets[within + 3] & 0xff);
  }

  void copyTo(int from, byte[] target, int at, int count) {
    int done = 0;
    while (done < count) {
      byte[] octets = page(from + done).octets;
      int within = (from + done) & ((1 << shift) - 1);
      int some = Math.min(count - done, octets.length - within);
      System.arraycopy(octets, within, target, at + done, some);
      done += some;
    }
  }

  Bytes inMemory(int from, int count) {
    if (liesInOnePage(from, count)) {
      return page(from).bytes;
    }
    byte[] copy = new byte[count];
    copyTo(from, copy, 0, count);
    return Bytes.wrap(copy);
  }

  int offsetInMemory(int from, int count) {
    return liesInOnePage(from, count) ? from & ((1 << shift) - 1) : 0;
  }

  private boolean liesInOnePage(int from, int count) {
    return count <= (1 << shift) + overlap - (from & ((1 << shift) - 1));
  }

  private Page page(int at) {
    int number = at >> shift;
    Page known = pages.get(number % KEPT);
    return known != null && known.number == number ? known : load(number);
  }

  private Page load(int number) {
    long from = (long) number << shift;
    byte[] octets = new byte[(int) Math.min((1L << shift) + overlap, length - from)];
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    try {
      while (buffer.hasRemaining()) {
        // In pieces: for each read the JDK takes as much memory outside of the heap.
        buffer.limit(Math.min(octets.length, buffer.position() + (1 << 18)));
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new Problem("the file became shorter while it was read", "Read it once more.");
        }
        buffer.limit(octets.length);
      }
    } catch (ClosedChannelException e) {
      // Whoever interrupts a thread that reads from a channel closes it for all.
      throw new Problem("reading the file was interrupted", "Open it once more.", e);
    } catch (IOException e) {
      throw new Problem("cannot read the file: " + e.getMessage(), "Check the disk.", e);
    }
    Page page = new Page(number, octets);
    pages.set(number % KEPT, page);
    return page;
  }
}
