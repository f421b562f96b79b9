package io.handshakelab.tls;

import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import java.util.Arrays;

/**
 * What a table shows of each message, in columns, connection by connection. A message as an object
 * of its own would cost several times as much, to make and to keep.
 */
final class MessageStore {
  private static final int FEW = 512;
  private static final int FROM_SERVER = 1;
  private static final int ENCRYPTED = 2;
  private static final int DECRYPTED = 4;

  /** Bits by which messages are sorted at a time. */
  private static final int DIGIT = 11;

  private int size;
  private int[] connections = new int[FEW];
  private int[] places = new int[FEW];
  private int[] frames = new int[FEW];
  private int[] lengths = new int[FEW];
  private int[] versions = new int[FEW];
  private long[] offsets = new long[FEW];
  private long[] seqs = new long[FEW];
  private long[] acks = new long[FEW];
  private byte[] flags = new byte[FEW];
  private String[] types = new String[FEW];
  private Evidence[] evidence = new Evidence[FEW];

  /** The messages of one connection in their order. */
  void add(TlsConnection read) {
    room(size + read.size());
    for (int place = 0; place < read.size(); place++) {
      Row row = read.row(place);
      connections[size] = read.connection();
      places[size] = place;
      frames[size] = read.frames()[place];
      lengths[size] = row.length();
      versions[size] = row.versionNumber();
      offsets[size] = row.offset();
      seqs[size] = row.seq();
      acks[size] = row.ack();
      flags[size] =
          (byte)
              ((row.sender() == Sender.SERVER ? FROM_SERVER : 0)
                  | (row.encrypted() ? ENCRYPTED : 0)
                  | (row.decrypted() ? DECRYPTED : 0));
      types[size] = row.type();
      evidence[size] = row.evidence();
      size++;
    }
  }

  /** All of these behind what is here. */
  void add(MessageStore more) {
    room(size + more.size);
    System.arraycopy(more.connections, 0, connections, size, more.size);
    System.arraycopy(more.places, 0, places, size, more.size);
    System.arraycopy(more.frames, 0, frames, size, more.size);
    System.arraycopy(more.lengths, 0, lengths, size, more.size);
    System.arraycopy(more.versions, 0, versions, size, more.size);
    System.arraycopy(more.offsets, 0, offsets, size, more.size);
    System.arraycopy(more.seqs, 0, seqs, size, more.size);
    System.arraycopy(more.acks, 0, acks, size, more.size);
    System.arraycopy(more.flags, 0, flags, size, more.size);
    System.arraycopy(more.types, 0, types, size, more.size);
    System.arraycopy(more.evidence, 0, evidence, size, more.size);
    size += more.size;
  }

  int size() {
    return size;
  }

  int connection(int at) {
    return connections[at];
  }

  /** The place among the messages of its connection. */
  int place(int at) {
    return places[at];
  }

  int frame(int at) {
    return frames[at];
  }

  int length(int at) {
    return lengths[at];
  }

  int version(int at) {
    return versions[at];
  }

  long offset(int at) {
    return offsets[at];
  }

  long seq(int at) {
    return seqs[at];
  }

  long ack(int at) {
    return acks[at];
  }

  Sender sender(int at) {
    return (flags[at] & FROM_SERVER) == 0 ? Sender.CLIENT : Sender.SERVER;
  }

  boolean encrypted(int at) {
    return (flags[at] & ENCRYPTED) != 0;
  }

  boolean decrypted(int at) {
    return (flags[at] & DECRYPTED) != 0;
  }

  String type(int at) {
    return types[at];
  }

  Evidence evidence(int at) {
    return evidence[at];
  }

  /**
   * Where each message stands here, in the order of the capture: by frame, those of one frame as
   * they stand.
   */
  int[] inOrder() {
    int highest = 0;
    for (int i = 0; i < size; i++) {
      highest = Math.max(highest, frames[i]);
    }
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    for (int shift = 0; shift < Integer.SIZE && highest >> shift > 0; shift += DIGIT) {
      order = sorted(order, shift);
    }
    return order;
  }

  /** One pass of a radix sort: stable, by one digit of the frame's number. */
  private int[] sorted(int[] order, int shift) {
    int[] next = new int[(1 << DIGIT) + 1];
    for (int at : order) {
      next[digit(at, shift) + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    int[] sorted = new int[order.length];
    for (int at : order) {
      sorted[next[digit(at, shift)]++] = at;
    }
    return sorted;
  }

  private int digit(int at, int shift) {
    return frames[at] >> shift & (1 << DIGIT) - 1;
  }

  private void room(int needed) {
    if (needed <= connections.length) {
      return;
    }
    int room = Math.max(needed, connections.length * 2);
    connections = Arrays.copyOf(connections, room);
    places = Arrays.copyOf(places, room);
    frames = Arrays.copyOf(frames, room);
    lengths = Arrays.copyOf(lengths, room);
    versions = Arrays.copyOf(versions, room);
    offsets = Arrays.copyOf(offsets, room);
    seqs = Arrays.copyOf(seqs, room);
    acks = Arrays.copyOf(acks, room);
    flags = Arrays.copyOf(flags, room);
    types = Arrays.copyOf(types, room);
    evidence = Arrays.copyOf(evidence, room);
  }
}
