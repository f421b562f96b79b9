package io.handshakelab.tcp;

import java.util.Arrays;

/** One entry for each segment in each column: what the frames say, and no more. */
final class SegmentColumns {
  int count;
  int[] frame = new int[64];
  int[] connection = new int[64];
  byte[] sender = new byte[64];
  byte[] flags = new byte[64];
  int[] seq = new int[64];
  int[] ack = new int[64];
  int[] length = new int[64];
  int[] captured = new int[64];
  int[] payloadAt = new int[64];
  int[] window = new int[64];

  /** A set of {@link Finding}s as bits. */
  int[] findings = new int[64];

  /** The next segment of the same connection, or -1. */
  int[] next = new int[64];

  /** Index of a new, empty entry. */
  int add() {
    if (count == frame.length) {
      grow();
    }
    next[count] = -1;
    return count++;
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
