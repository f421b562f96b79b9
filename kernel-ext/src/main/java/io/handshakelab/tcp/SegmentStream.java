package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one end sent, put together from its segments when it is first asked for. */
final class SegmentStream implements StreamView {
  private final Capture capture;
  private final SegmentColumns columns;
  private final Flow flow;
  private final Sender sender;
  private final Direction direction;
  private final Reassembler runs;
  private @Nullable Bytes joined;
  private int @Nullable [] readyFrames;

  SegmentStream(Capture capture, SegmentColumns columns, Flow flow, Sender sender) {
    this.capture = capture;
    this.columns = columns;
    this.flow = flow;
    this.sender = sender;
    this.direction = flow.from(sender);
    this.runs = direction.stream;
  }

  @Override
  public int connection() {
    return flow.number;
  }

  @Override
  public Sender sender() {
    return sender;
  }

  @Override
  public synchronized Bytes bytes() {
    Bytes known = joined;
    if (known == null) {
      known = join();
      joined = known;
    }
    return known;
  }

  @Override
  public boolean cutOff() {
    return runs.hasGap() || runs.limited() || isPartlyUnseen();
  }

  @Override
  public int frameAt(int offset) {
    return columns.frame[rowAt(offset)];
  }

  @Override
  public synchronized int readyFrameAt(int offset) {
    int[] known = readyFrames;
    if (known == null) {
      known = new int[runs.runs()];
      int latest = 0;
      for (int run = 0; run < known.length; run++) {
        latest = Math.max(latest, columns.frame[runs.row(run)]);
        known[run] = latest;
      }
      readyFrames = known;
    }
    return known[runAt(offset)];
  }

  @Override
  public long timeNanosAt(int offset) {
    return capture.timeNanos(frameAt(offset));
  }

  @Override
  public long seqAt(int offset) {
    return SequenceNumber.relative(columns.seq[rowAt(offset)], direction.base);
  }

  @Override
  public long ackAt(int offset) {
    int row = rowAt(offset);
    return Flags.has(columns.flags(row), Flags.ACK)
        ? SequenceNumber.relative(columns.ack[row], flow.from(sender.other()).base)
        : -1;
  }

  @Override
  public Evidence evidenceAt(int offset) {
    return capture.evidence(frameAt(offset));
  }

  /** The other end acknowledged, or this one's FIN lies behind, what the capture does not hold. */
  private boolean isPartlyUnseen() {
    if (!direction.originKnown) {
      return false;
    }
    int end = direction.receivedUpTo();
    Direction peer = flow.from(sender.other());
    if (direction.finSent()) {
      return SequenceNumber.isAfter(direction.finSeq, end);
    }
    return peer.ackSeen && SequenceNumber.isAfter(peer.highestAck, end);
  }

  private int runAt(int offset) {
    if (offset < 0 || offset >= runs.length()) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + runs.length());
    }
    return runs.runAt(offset);
  }

  private int rowAt(int offset) {
    return runs.row(runAt(offset));
  }

  private Bytes join() {
    int length = runs.length();
    List<Bytes> parts = new ArrayList<>();
    for (int run = 0; run < runs.runs() && runs.start(run) < length; run++) {
      int row = runs.row(run);
      int segment = direction.offset(columns.dataSeq(row));
      int from = columns.payloadAt[row] + runs.start(run) - segment;
      int to = columns.payloadAt[row] + Math.min(runs.end(run), length) - segment;
      parts.add(capture.data(columns.frame[row]).slice(from, to));
    }
    return parts.size() == 1 ? parts.get(0) : Bytes.concat(parts);
  }
}
