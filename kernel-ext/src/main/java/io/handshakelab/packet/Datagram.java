package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The fragments of one IP datagram that have come so far. */
final class Datagram {
  private static final int MAX_LENGTH = 65_535;
  private static final int MAX_FRAGMENTS = 8192;

  /** Counts for a fragment's own objects. */
  private static final int OVERHEAD = 100;

  private final boolean v6;
  private final boolean repeated;
  private final int firstFrame;
  private final long firstNanos;

  /** By offset; of equal ones, the first that came first. */
  private final List<Piece> pieces = new ArrayList<>();

  /** Octets from the start without a gap, and how many of the pieces lie in them. */
  private int whole;

  private int used;
  private int length = -1;
  private int octets = 2 * OVERHEAD;
  private int firstProtocol = -1;
  private boolean spoilt;

  private record Piece(int from, Bytes content) {
    int to() {
      return from + content.length();
    }
  }

  Datagram(boolean v6, boolean repeated, int firstFrame, long firstNanos) {
    this.v6 = v6;
    this.repeated = repeated;
    this.firstFrame = firstFrame;
    this.firstNanos = firstNanos;
  }

  int firstFrame() {
    return firstFrame;
  }

  long firstNanos() {
    return firstNanos;
  }

  /** What it takes of the memory. */
  int octets() {
    return octets;
  }

  /** RFC 5722 §3: with fragments that overlap, it is discarded, and so is what still comes. */
  boolean isSpoilt() {
    return spoilt;
  }

  /** Whether something is lost with it, if it does not become complete. */
  boolean isMissed() {
    return !spoilt && !repeated;
  }

  boolean isComplete() {
    return length >= 0 && whole >= length && !spoilt;
  }

  void add(Bytes data, IpHeader ip) {
    int from = ip.fragmentOffset();
    int size = ip.transportLength();
    int to = from + size;
    boolean last = !ip.moreFragments();
    boolean impossible =
        to > MAX_LENGTH - (v6 ? 0 : 20)
            || (length >= 0 && (to > length || (last && to != length)))
            || (last && !pieces.isEmpty() && to < pieces.get(pieces.size() - 1).to());
    if (spoilt || impossible || size == 0 || pieces.size() >= MAX_FRAGMENTS) {
      return;
    }
    int at = place(from);
    if (at > 0 && pieces.get(at - 1).from == from && pieces.get(at - 1).to() == to) {
      return; // the same again
    }
    if (v6 && overlaps(at, from, to)) {
      spoilt = true;
      octets = OVERHEAD;
      pieces.clear();
      return;
    }
    // Copied, because the frame's own memory may be given back before the others come.
    byte[] copy = new byte[size];
    data.copyTo(ip.transportAt(), copy, 0, size);
    pieces.add(at, new Piece(from, Bytes.wrap(copy)));
    octets += size + OVERHEAD;
    length = last ? to : length;
    firstProtocol = from == 0 ? ip.protocol() : firstProtocol;
    join(at);
  }

  /** An IP packet that holds the whole, with the addresses of this fragment. */
  Bytes packet(Bytes data, IpHeader ip) {
    int header = v6 ? 40 : 20;
    ByteBuffer packet = ByteBuffer.allocate(header + length);
    if (v6) {
      packet.put(0, (byte) 0x60).putShort(4, (short) length).put(6, (byte) firstProtocol);
      packet.position(8).put(data.slice(ip.sourceAt(), ip.sourceAt() + 32).toArray());
    } else {
      packet.put(0, (byte) 0x45).putShort(2, (short) (header + length));
      packet.put(9, (byte) firstProtocol);
      packet.position(12).put(data.slice(ip.sourceAt(), ip.sourceAt() + 8).toArray());
    }
    // Where they overlap, the one that begins earlier is kept.
    int done = 0;
    for (Piece piece : pieces) {
      if (piece.to() > done) {
        packet.position(header + done);
        packet.put(piece.content.from(done - piece.from).toArray());
        done = piece.to();
      }
    }
    return Bytes.wrap(packet.array());
  }

  /** Behind all that begin no later. */
  private int place(int from) {
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).from <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean overlaps(int at, int from, int to) {
    return (at > 0 && pieces.get(at - 1).to() > from)
        || (at < pieces.size() && pieces.get(at).from < to);
  }

  private void join(int added) {
    if (added < used) {
      used++;
      whole = Math.max(whole, pieces.get(added).to());
    }
    while (used < pieces.size() && pieces.get(used).from <= whole) {
      whole = Math.max(whole, pieces.get(used).to());
      used++;
    }
  }
}
