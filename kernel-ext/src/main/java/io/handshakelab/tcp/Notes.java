package io.handshakelab.tcp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is worth saying about a segment, in a few words. */
final class Notes {
  private final SegmentColumns columns;
  private final List<Flow> flows;

  Notes(SegmentColumns columns, List<Flow> flows) {
    this.columns = columns;
    this.flows = flows;
  }

  @Nullable String of(int row, @Nullable TcpState senderState) {
    List<String> parts = new ArrayList<>();
    Flow flow = flows.get(columns.connection[row]);
    Sender sender = columns.sender(row);
    int flags = columns.flags(row);
    for (Finding finding : Finding.values()) {
      if (!finding.text().isEmpty() && columns.has(row, finding)) {
        parts.add(
            finding == Finding.DUPLICATE_ACK
                ? finding.text() + " #" + Finding.count(columns.findings[row])
                : finding.text());
      }
    }
    acknowledgement(parts, flow, row);
    if (Flags.has(flags, Flags.SYN)) {
      parts.add("relative 0 stands for raw ISN " + SequenceNumber.raw(columns.seq[row]));
    }
    if (flow.from(sender).finRow == row) {
      parts.add("FIN: the " + sender.label() + " sends no more data");
    } else if (columns.length[row] > 0 && senderState == TcpState.CLOSE_WAIT) {
      parts.add("half-close: the " + sender.label() + " still sends");
    }
    if (Flags.has(flags, Flags.RST)) {
      parts.add(reset(flow, sender, row));
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** An acknowledgement number is the next one expected: SYN and FIN count as one (§3.4). */
  private void acknowledgement(List<String> parts, Flow flow, int row) {
    Sender peer = columns.sender(row).other();
    long ack = SequenceNumber.relative(columns.ack[row], flow.from(peer).baseAt(row));
    if (columns.has(row, Finding.ACKS_SYN)) {
      parts.add("ack 1 = the SYN's 0 + 1");
    } else if (columns.has(row, Finding.ACKS_DATA)) {
      boolean fin = columns.has(row, Finding.COVERS_FIN);
      parts.add(
          fin
              ? "ack " + ack + " = " + bytes(ack - 2) + " received + 1 for SYN + 1 for FIN"
              : "ack " + ack + " = " + bytes(ack - 1) + " received + 1");
    }
  }

  private static String bytes(long count) {
    return count + " bytes";
  }

  private String reset(Flow flow, Sender sender, int row) {
    if (!columns.has(row, Finding.RST_ACCEPTABLE)) {
      return "RST that the other end must ignore";
    }
    return flow.from(sender).synSeen() || flow.from(sender.other()).firstSynRow < 0
        ? "RST: the connection is aborted"
        : "RST: the connection is refused";
  }
}
