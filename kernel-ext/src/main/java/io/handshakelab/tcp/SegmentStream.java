package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/** What one end sent between two gaps, put together from its segments when it is asked for. */
final class SegmentStream implements StreamView {
  private final Capture capture;
  private final SegmentColumns columns;
  private final Flow flow;
  private final Sender sender;
  private final Direction direction;
  private final Reassembler runs;

  /** The runs of this view: from the first up to, and without, the last. */
  private final int firstRun;

  private final int lastRun;
  private final int start;
  private final int length;
  private final @Nullable SegmentStream before;
  private @Nullable SegmentStream after;
  private @Nullable Bytes joined;

  /** Most questions are about the place that was asked about last. */
  private int lastFound;

  private int @Nullable [] readyFrames;

  SegmentStream(Capture capture, SegmentColumns columns, Flow flow, Sender sender) {
    this(capture, columns, flow, sender, null, 0);
  }

  private SegmentStream(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Sender sender,
      @Nullable SegmentStream before,
      int firstRun) {
    this.capture = capture;
    this.columns = columns;
    this.flow = flow;
    this.sender = sender;
    this.direction = flow.from(sender);
    this.runs = direction.stream;
    this.before = before;
    this.firstRun = firstRun;
    boolean empty = runs.runs() == 0 || (before == null && runs.start(0) > 0);
    lastRun = empty ? firstRun : runs.runsFrom(firstRun);
    start = before == null ? 0 : runs.start(firstRun);
    length = lastRun == firstRun ? 0 : runs.end(lastRun - 1) - start;
    lastFound = firstRun;
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
      known = LongStream.join(this);
      joined = known;
    }
    return known;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + length);
    }
    if (from == to) {
      return Bytes.EMPTY;
    }
    int run = runAt(from);
    if (start + to <= runs.end(run)) {
      return within(run, from, to - from);
    }
    byte[] all = new byte[to - from];
    for (int done = from; done < to; run++) {
      int count = Math.min(to, runs.end(run) - start) - done;
      copy(runs.row(run), start + done, all, done - from, count);
      done += count;
    }
    return Bytes.wrap(all);
  }

  @Override
  public Bytes uncopied(int from) {
    if (from == length) {
      return Bytes.EMPTY;
    }
    int run = runAt(from);
    return within(run, from, runs.end(run) - start - from);
  }

  private Bytes within(int run, int from, int count) {
    int row = runs.row(run);
    int at = inSegment(row, start + from);
    Bytes datagram = columns.datagram(row);
    if (datagram != null) {
      return datagram.slice(at, at + count);
    }
    int frame = columns.frame[row];
    int first = capture.storageOffset(frame) + columns.payloadAt[row] + at;
    return capture.storage(frame).slice(first, first + count);
  }

  @Override
  public boolean cutOff() {
    return gap() != null;
  }

  @Override
  public long position() {
    return start;
  }

  @Override
  public @Nullable Gap gapBefore() {
    if (before != null) {
      return before.gap();
    }
    return direction.baseExact || !direction.originKnown ? null : Gap.BEFORE_CAPTURE;
  }

  @Override
  public long missingBefore() {
    if (before != null) {
      return start - (before.position() + before.length());
    }
    return gapBefore() == null ? 0 : -1;
  }

  @Override
  public @Nullable Gap gap() {
    if (lastRun < runs.runs() && runs.isHole(lastRun) && runs.start(lastRun) == start + length) {
      return Gap.SNAPPED;
    }
    if (runs.crowded() || (runs.limited() && lastRun == runs.runs())) {
      return Gap.LIMIT;
    }
    return lastRun < runs.runs() || isPartlyUnseen() ? Gap.LOST : null;
  }

  @Override
  public long missing() {
    if (gap() == null) {
      return 0;
    }
    StreamView next = afterGap();
    int stop =
        next == null
            ? SequenceNumber.distance(direction.origin, sentUpTo())
            : (int) next.position();
    return stop > start + length ? stop - (start + length) : -1;
  }

  @Override
  public synchronized @Nullable StreamView afterGap() {
    if (after == null) {
      int run = lastRun;
      while (run < runs.runs() && runs.isHole(run)) {
        run++;
      }
      if (run < runs.runs()) {
        after = new SegmentStream(capture, columns, flow, sender, this, run);
      }
    }
    return after;
  }

  @Override
  public synchronized void release() {
    joined = null;
    readyFrames = null;
    for (SegmentStream next = after; next != null; next = next.forget()) {}
    after = null;
  }

  @Override
  public int frameAt(int offset) {
    return columns.frame[rowAt(offset)];
  }

  @Override
  public synchronized int readyFrameAt(int offset) {
    int[] known = readyFrames;
    if (known == null) {
      known = new int[lastRun - firstRun];
      int latest = 0;
      for (int run = firstRun; run < lastRun; run++) {
        latest = Math.max(latest, columns.frame[runs.row(run)]);
        known[run - firstRun] = latest;
      }
      readyFrames = known;
    }
    return known[runAt(offset) - firstRun];
  }

  @Override
  public long timeNanosAt(int offset) {
    return capture.timeNanos(frameAt(offset));
  }

  @Override
  public long seqAt(int offset) {
    int row = rowAt(offset);
    return SequenceNumber.relative(columns.seq[row], direction.baseAt(row));
  }

  @Override
  public long ackAt(int offset) {
    int row = rowAt(offset);
    return Flags.has(columns.flags(row), Flags.ACK)
        ? SequenceNumber.relative(columns.ack[row], flow.from(sender.other()).baseAt(row))
        : -1;
  }

  @Override
  public Evidence evidenceAt(int offset) {
    return capture.evidence(frameAt(offset));
  }

  /** The other end acknowledged, or this one's FIN lies behind, what the capture does not hold. */
  private boolean isPartlyUnseen() {
    return direction.originKnown
        && SequenceNumber.distance(direction.origin, sentUpTo()) > start + length;
  }

  /** The sequence number behind all that this end is known to have sent. */
  private int sentUpTo() {
    if (direction.finSent()) {
      return direction.finSeq;
    }
    Direction peer = flow.from(sender.other());
    int end = SequenceNumber.plus(direction.origin, furthest());
    return peer.ackSeen ? SequenceNumber.later(peer.highestAck, end) : end;
  }

  private int furthest() {
    return runs.runs() == 0 ? 0 : runs.end(runs.runs() - 1);
  }

  private synchronized @Nullable SegmentStream forget() {
    joined = null;
    readyFrames = null;
    return after;
  }

  private int runAt(int offset) {
    if (offset < 0 || offset >= length) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + length);
    }
    int found = lastFound;
    if (start + offset < runs.start(found) || start + offset >= runs.end(found)) {
      found = runs.runAt(start + offset, firstRun, lastRun);
      lastFound = found;
    }
    return found;
  }

  private int rowAt(int offset) {
    return runs.row(runAt(offset));
  }

  /** Octets of the stream from this offset on, out of the segment that brought them. */
  private void copy(int row, int offset, byte[] target, int at, int count) {
    Bytes datagram = columns.datagram(row);
    int within = inSegment(row, offset);
    if (datagram == null) {
      int frame = columns.frame[row];
      int from = capture.storageOffset(frame) + columns.payloadAt[row] + within;
      capture.storage(frame).copyTo(from, target, at, count);
    } else {
      datagram.copyTo(within, target, at, count);
    }
  }

  /** Where in the payload of a segment the octet with this offset in the stream lies. */
  private int inSegment(int row, int offset) {
    return offset - direction.offset(columns.dataSeq(row));
  }
}
