package io.handshakelab.tcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is worth saying about a segment, in a few words. */
final class Notes {
  private static final Finding[] FINDINGS = Finding.values();
  private static final int ACKS = Finding.ACKS_SYN.bit() | Finding.ACKS_DATA.bit();
  private static final String CLIENT_ENDS = "FIN: the client sends no more data";
  private static final String SERVER_ENDS = "FIN: the server sends no more data";

  /** The findings that have words of their own. */
  private static final int SAID;

  static {
    int said = 0;
    for (Finding finding : FINDINGS) {
      said |= finding.text().isEmpty() ? 0 : finding.bit();
    }
    SAID = said;
  }

  private final SegmentColumns columns;
  private final List<Flow> flows;

  Notes(SegmentColumns columns, List<Flow> flows) {
    this.columns = columns;
    this.flows = flows;
  }

  @Nullable String of(int row, @Nullable TcpState senderState) {
    int findings = columns.findings[row];
    int flags = columns.flags(row);
    Flow flow = flows.get(columns.connection[row]);
    Sender sender = columns.sender(row);
    String note = (findings & SAID) == 0 ? null : said(findings);
    if ((findings & ACKS) != 0) {
      note = and(note, acknowledgement(flow, row));
    }
    if (Flags.has(flags, Flags.SYN)) {
      note = and(note, "relative 0 stands for raw ISN " + SequenceNumber.raw(columns.seq[row]));
    }
    if (flow.from(sender).finRow == row) {
      note = and(note, sender == Sender.CLIENT ? CLIENT_ENDS : SERVER_ENDS);
    } else if (columns.length[row] > 0 && senderState == TcpState.CLOSE_WAIT) {
      note = and(note, "half-close: the " + sender.label() + " still sends");
    }
    return Flags.has(flags, Flags.RST) ? and(note, reset(flow, sender, row)) : note;
  }

  private static String and(@Nullable String first, String second) {
    return first == null ? second : first + "; " + second;
  }

  private static @Nullable String said(int findings) {
    String note = null;
    for (Finding finding : FINDINGS) {
      if (!finding.text().isEmpty() && finding.in(findings)) {
        note =
            and(
                note,
                finding == Finding.DUPLICATE_ACK
                    ? finding.text() + " #" + Finding.count(findings)
                    : finding.text());
      }
    }
    return note;
  }

  /** An acknowledgement number is the next one expected: SYN and FIN count as one (§3.4). */
  private String acknowledgement(Flow flow, int row) {
    if (columns.has(row, Finding.ACKS_SYN)) {
      return "ack 1 = the SYN's 0 + 1";
    }
    Sender peer = columns.sender(row).other();
    long ack = SequenceNumber.relative(columns.ack[row], flow.from(peer).baseAt(row));
    return columns.has(row, Finding.COVERS_FIN)
        ? "ack " + ack + " = " + bytes(ack - 2) + " received + 1 for SYN + 1 for FIN"
        : "ack " + ack + " = " + bytes(ack - 1) + " received + 1";
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
