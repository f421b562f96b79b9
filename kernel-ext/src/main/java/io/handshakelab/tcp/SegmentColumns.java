package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry for each segment in each column: what the frames say, and no more. */
final class SegmentColumns {
  private static final int IN_DATAGRAM = -1;
  private static final int MOST_AT_ONCE = 8 << 20;

  int count;
  int[] frame;
  int[] connection;
  byte[] sender;
  byte[] flags;
  int[] seq;
  int[] ack;
  int[] length;
  int[] captured;
  int[] payloadAt;
  int[] window;

  /** A set of {@link Finding}s as bits. */
  int[] findings;

  /** The next segment of the same connection, or -1. */
  int[] next;

  /** Payloads that do not lie in a frame, because they came in IP fragments. */
  private final Map<Integer, Bytes> datagrams = new HashMap<>();

  /**
   * Makes empty columns.
   *
   * @param expected entries for which there is room from the start: growing would copy them
   */
  SegmentColumns(int expected) {
    int size = Math.max(64, Math.min(expected, MOST_AT_ONCE));
    frame = new int[size];
    connection = new int[size];
    sender = new byte[size];
    flags = new byte[size];
    seq = new int[size];
    ack = new int[size];
    length = new int[size];
    captured = new int[size];
    payloadAt = new int[size];
    window = new int[size];
    findings = new int[size];
    next = new int[size];
  }

  /** Index of a new, empty entry. */
  int add() {
    if (count == frame.length) {
      grow();
    }
    next[count] = -1;
    return count++;
  }

  void keep(int row, Bytes payload) {
    payloadAt[row] = IN_DATAGRAM;
    datagrams.put(row, payload);
  }

  /** The payload that came in IP fragments, or null if it lies in the segment's frame. */
  @Nullable Bytes datagram(int row) {
    return payloadAt[row] == IN_DATAGRAM ? datagrams.get(row) : null;
  }

  int flags(int row) {
    return flags[row] & 0xff;
  }

  Sender sender(int row) {
    return sender[row] == 0 ? Sender.CLIENT : Sender.SERVER;
  }

  boolean has(int row, Finding finding) {
    return finding.in(findings[row]);
  }

  /** Sequence number of the first octet of data: a SYN comes before it (RFC 9293 §3.4). */
  int dataSeq(int row) {
    return SequenceNumber.plus(seq[row], Flags.has(flags[row], Flags.SYN) ? 1 : 0);
  }

  /** Sequence number behind the data, SYN and FIN. */
  int endSeq(int row) {
    return SequenceNumber.plus(seq[row], length[row] + Flags.sequenceSpace(flags[row]));
  }

  private void grow() {
    int size = count * 2;
    frame = Arrays.copyOf(frame, size);
    connection = Arrays.copyOf(connection, size);
    sender = Arrays.copyOf(sender, size);
    flags = Arrays.copyOf(flags, size);
    seq = Arrays.copyOf(seq, size);
    ack = Arrays.copyOf(ack, size);
    length = Arrays.copyOf(length, size);
    captured = Arrays.copyOf(captured, size);
    payloadAt = Arrays.copyOf(payloadAt, size);
    window = Arrays.copyOf(window, size);
    findings = Arrays.copyOf(findings, size);
    next = Arrays.copyOf(next, size);
  }
}
