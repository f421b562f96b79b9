package io.handshakelab.dns;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The DNS messages of one capture. */
public final class DnsAnalysis {
  private static final int DNS_PORT = 53;
  private static final int MAX_ROWS = 1_000_000;

  private final Capture capture;
  private final PacketDecoder decoder = PacketDecoder.reassembling();
  private final QueryTimes queries = new QueryTimes();
  private final List<DnsRow> rows = new ArrayList<>();

  private DnsAnalysis(Capture capture) {
    this.capture = capture;
  }

  /**
   * UDP datagrams that are DNS messages (RFC 1035 §4), on any port, in the order of the capture. A
   * datagram of port 53 that makes no sense has a row of type {@code malformed} with the reason as
   * its answer. At most a million rows.
   */
  public static List<DnsRow> of(Capture capture) {
    DnsAnalysis analysis = new DnsAnalysis(capture);
    for (int n = 1; n <= capture.frameCount() && analysis.rows.size() < MAX_ROWS; n++) {
      analysis.frame(n);
    }
    return List.copyOf(analysis.rows);
  }

  private void frame(int n) {
    if (!decoder.decode(capture, n) || decoder.isTcp()) {
      return;
    }
    boolean dnsPort = decoder.sourcePort() == DNS_PORT || decoder.destinationPort() == DNS_PORT;
    Bytes payload = decoder.payload();
    if (!dnsPort && !DnsMessage.isPlausible(payload)) {
      return;
    }
    try {
      DnsMessage message = DnsMessage.parse(payload);
      if (message.isResponse()) {
        rows.addAll(message.answerRows(capture, n, rtt(n, message)));
      } else {
        queries.asked(decoder, message.key(), capture.timeNanos(n));
        rows.addAll(message.questionRows(capture, n));
      }
    } catch (DnsMessage.NotDns e) {
      if (dnsPort) {
        rows.add(malformed(n, payload, e));
      }
    }
  }

  private @Nullable Double rtt(int n, DnsMessage message) {
    Long asked = queries.askedAt(decoder, message.key());
    return asked == null ? null : (capture.timeNanos(n) - asked) / 1e6;
  }

  private DnsRow malformed(int n, Bytes payload, DnsMessage.NotDns why) {
    return new DnsRow(
        n,
        capture.timeNanos(n),
        payload.length() < 2 ? 0 : payload.u16(0),
        "",
        "malformed",
        why.reason(),
        null,
        null,
        null,
        capture.evidence(n));
  }
}
