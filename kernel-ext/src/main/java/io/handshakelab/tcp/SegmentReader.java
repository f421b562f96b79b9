package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the frames of a capture: segments into columns, connections, streams. */
final class SegmentReader {
  /** Octets kept of segments that came in IP fragments. */
  private static final int MAX_DATAGRAM_OCTETS = 64 << 20;

  private final Capture capture;
  private final PacketDecoder packet = PacketDecoder.reassembling();
  private final FlowTable table = new FlowTable();
  private final SegmentColumns columns;
  private final SequenceAnalysis analysis;

  private final UnreadFrames unread = new UnreadFrames();
  private int datagramOctets;
  private boolean datagramsDropped;

  SegmentReader(Capture capture) {
    this.capture = capture;
    this.columns = new SegmentColumns(capture.frameCount());
    this.analysis = new SequenceAnalysis(columns);
  }

  SegmentReader read() {
    for (int frame = 1; frame <= capture.frameCount(); frame++) {
      read(frame);
    }
    return this;
  }

  /** A method of its own, so that it is compiled soon. */
  private void read(int frame) {
    if (packet.decode(capture, frame)) {
      if (packet.isTcp()) {
        segment(frame);
      }
    } else {
      unread.add(frame, capture.linkType(frame), packet);
    }
  }

  /** What could not be read, each in one line. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(packet.warnings());
    warnings.addAll(unread.warnings());
    if (datagramsDropped) {
      warnings.add(
          "fragmented segments beyond " + (MAX_DATAGRAM_OCTETS >> 20) + " MiB were not kept");
    }
    return warnings;
  }

  SegmentColumns columns() {
    return columns;
  }

  List<Flow> flows() {
    return table.flows();
  }

  private void segment(int frame) {
    int row = columns.add();
    Flow flow = flow(row);
    Sender sender = flow.isFromClient(packet) ? Sender.CLIENT : Sender.SERVER;
    if (row != flow.firstRow) {
      columns.next[flow.lastRow] = row;
      flow.lastRow = row;
    }
    fill(row, frame, flow, sender);
    long nanos = capture.timeNanos(frame);
    Direction own = flow.from(sender);
    Direction peer = flow.from(sender.other());
    bases(flow, own, peer, row);
    opening(flow, own, row, nanos);
    analysis.add(flow, row, packet.window(), nanos);
    if (own.hasAnswered || !isStray(own, peer, row)) {
      acknowledgement(own, peer, row);
      data(own, peer, row);
    }
    end(own, peer, row);
  }

  /**
   * Whether a segment is one of an earlier connection between the same ends: the other end has sent
   * a SYN, and this does not acknowledge it.
   */
  private boolean isStray(Direction own, Direction peer, int row) {
    if (!Flags.has(columns.flags(row), Flags.ACK)) {
      return false;
    }
    own.hasAnswered =
        !peer.baseExact
            || peer.firstSynRow == Direction.NO_ROW
            || Proofs.isWithin(columns.ack[row], peer.base, peer.next);
    return !own.hasAnswered;
  }

  /** A SYN with another number begins a new connection; with the same, it was sent again. */
  private Flow flow(int row) {
    @Nullable Flow known = table.find(packet);
    if (known == null) {
      return table.add(packet, row);
    }
    if (Flags.isOpening(packet.flags())) {
      Direction own = known.isFromClient(packet) ? known.fromClient : known.fromServer;
      if (own.baseKnown && own.base != SequenceNumber.of(packet.seq())) {
        columns.findings[row] |= Finding.PORTS_REUSED.bit();
        return table.add(packet, row);
      }
    }
    return known;
  }

  private void fill(int row, int frame, Flow flow, Sender sender) {
    columns.frame[row] = frame;
    columns.connection[row] = flow.number;
    columns.sender[row] = (byte) sender.ordinal();
    columns.flags[row] = (byte) packet.flags();
    columns.seq[row] = SequenceNumber.of(packet.seq());
    columns.ack[row] = SequenceNumber.of(packet.ack());
    columns.length[row] = packet.payloadLength();
    columns.captured[row] = packet.capturedPayloadLength();
    columns.payloadAt[row] = packet.payloadOffset();
    if (packet.isReassembled()) {
      keep(row);
    }
  }

  /** What came in fragments does not lie in the capture: it is kept beside. */
  private void keep(int row) {
    if (datagramOctets + columns.captured[row] > MAX_DATAGRAM_OCTETS) {
      datagramsDropped = true;
      columns.captured[row] = 0;
      return;
    }
    datagramOctets += columns.captured[row];
    columns.keep(row, packet.payload());
  }

  private void bases(Flow flow, Direction own, Direction peer, int row) {
    int flags = columns.flags(row);
    boolean syn = Flags.has(flags, Flags.SYN);
    if (Flags.isOpeningReply(flags) && own.isRebasedBy(columns.seq[row])) {
      own.rebase(columns.seq[row], row);
      if (own.stream.runs() == 0 && !own.finSent()) {
        own.originKnown = false;
        peer.ackSeen = false;
      }
      columns.findings[row] |= Finding.PORTS_REUSED.bit();
    }
    own.baseFromOwn(columns.seq[row], syn);
    if (Flags.has(flags, Flags.ACK)) {
      peer.baseFromAck(columns.ack[row], syn);
    }
    if (syn) {
      if (packet.windowScale() >= 0 || packet.hasWholeHeader()) {
        own.scale(packet.windowScale(), Flags.has(flags, Flags.ACK), peer);
      }
    }
    boolean scaled = !syn && own.windowScale >= 0; // RFC 7323 §2.2: a SYN itself is never scaled
    columns.window[row] = packet.window() << (scaled ? own.windowScale : 0);
    flow.openingSeen |= Flags.isOpening(flags) && columns.sender(row) == Sender.CLIENT;
  }

  private void opening(Flow flow, Direction own, int row, long nanos) {
    int flags = columns.flags(row);
    if (Flags.isOpening(flags)) {
      flow.openingNanos = nanos;
      own.firstSynRow = own.firstSynRow == Direction.NO_ROW ? row : own.firstSynRow;
    } else if (Flags.isOpeningReply(flags)) {
      own.firstSynAckRow = own.firstSynAckRow == Direction.NO_ROW ? row : own.firstSynAckRow;
    } else if (Flags.has(flags, Flags.ACK)
        && flow.firstRoundTripNanos == 0
        && flow.openingNanos != 0) {
      flow.firstRoundTripNanos = Math.max(0, nanos - flow.openingNanos);
    }
  }

  private void acknowledgement(Direction own, Direction peer, int row) {
    int flags = columns.flags(row);
    if (!Flags.has(flags, Flags.ACK)) {
      return;
    }
    int ack = columns.ack[row];
    int known = own.ackSeen ? own.highestAck : SequenceNumber.plus(peer.base, 1);
    boolean advances = SequenceNumber.isAfter(ack, known);
    if (!own.ackSeen && peer.baseExact && ack == known) {
      columns.findings[row] |= Finding.ACKS_SYN.bit();
    }
    boolean coversFin = peer.finCoveredBy(ack);
    if (coversFin) {
      columns.findings[row] |= Finding.COVERS_FIN.bit();
    }
    if (advances && columns.length[row] == 0 && (flags & ~Flags.PSH) == Flags.ACK) {
      columns.findings[row] |= Finding.ACKS_DATA.bit();
    }
    int edge = SequenceNumber.plus(ack, columns.window[row]);
    own.edge = own.ackSeen ? SequenceNumber.later(own.edge, edge) : edge;
    if (!own.ackSeen || advances) {
      own.ackSeen = true;
      own.highestAck = ack;
    }
  }

  private void data(Direction own, Direction peer, int row) {
    int length = columns.length[row];
    int flags = columns.flags(row);
    boolean fin = Flags.has(flags, Flags.FIN);
    if (!own.originKnown && (own.baseExact || length > 0 || fin)) {
      // Behind the SYN, or where the first number that was captured says that the next octet is.
      own.origin = SequenceNumber.plus(own.base, 1);
      own.originKnown = true;
    }
    if (Flags.has(flags, Flags.RST)) {
      return; // RFC 9293 §3.10.7.4: its data, if any, is not part of the stream
    }
    if (length > 0) {
      int from = own.offset(columns.dataSeq(row));
      own.stream.add(row, from, length, columns.captured[row]);
      cutAtEdge(own, peer, row);
    }
    if (length > 0 || fin) {
      own.lastDataOrFinRow = row;
    }
    if (length == 1 && columns.has(row, Finding.WINDOW_PROBE)) {
      own.probeEnd = columns.endSeq(row);
      own.probeKnown = true;
    }
    if (fin && !own.finSent()) {
      own.finRow = row;
      own.finSeq = SequenceNumber.plus(columns.dataSeq(row), length);
    }
  }

  /** RFC 9293 §3.10.7.4, first check: what lies behind the window is not taken. */
  private void cutAtEdge(Direction own, Direction peer, int row) {
    int end = columns.endSeq(row);
    if (peer.ackSeen
        && peer.windowScale != Direction.SCALE_UNKNOWN
        && SequenceNumber.isAfter(end, peer.edge)) {
      own.cutEnd = own.cutKnown ? SequenceNumber.later(own.cutEnd, end) : end;
      own.cutKnown = true;
    }
  }

  private void end(Direction own, Direction peer, int row) {
    if (own.finSent()
        && own.finCompleteRow == Direction.NO_ROW
        && !SequenceNumber.isBefore(own.receivedUpTo(), own.finSeq)) {
      own.finCompleteRow = row;
    }
    if (Flags.has(columns.flags(row), Flags.RST)) {
      own.firstRstRow = own.firstRstRow == Direction.NO_ROW ? row : own.firstRstRow;
      columns.findings[row] |= acceptance(own, peer, row);
    }
  }

  /**
   * RFC 9293 §3.10.7.3: in SYN-SENT, a RST must acknowledge the SYN. §3.10.7.4: later, it must not
   * lie before what the receiver expects, and only at that it is believed at once.
   */
  private int acceptance(Direction own, Direction peer, int row) {
    int sure = Finding.RST_ACCEPTABLE.bit() | Finding.RST_EXACT.bit();
    if (peer.firstSynRow != Direction.NO_ROW && !own.synSeen()) {
      boolean refuses =
          Flags.has(columns.flags(row), Flags.ACK)
              && columns.ack[row] == SequenceNumber.plus(peer.base, 1);
      return refuses ? sure : 0;
    }
    int seq = columns.seq[row];
    int expected = own.originKnown ? own.receivedUpTo() : seq;
    if (own.finCompleteRow != Direction.NO_ROW) {
      expected = SequenceNumber.plus(own.finSeq, 1);
    }
    if (peer.ackSeen) {
      expected = SequenceNumber.later(expected, peer.highestAck);
    }
    boolean cut = own.cutKnown && SequenceNumber.isBefore(peer.highestAck, own.cutEnd);
    boolean doubtful = cut || peer.lastWindow == 0 || (own.probeKnown && own.probeEnd == seq);
    boolean taken = !doubtful || !peer.ackSeen || seq == peer.lastAck;
    if (seq == expected && taken) {
      return sure;
    }
    // What arrived may not have been taken: of that, only the acknowledgements tell.
    boolean perhaps =
        !SequenceNumber.isBefore(seq, expected) || (peer.ackSeen && seq == peer.lastAck);
    return perhaps ? Finding.RST_ACCEPTABLE.bit() : 0;
  }
}
