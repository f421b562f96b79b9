package io.handshakelab.dns;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketDecoder;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The DNS messages of one capture. */
public final class DnsAnalysis {
  private static final int DNS_PORT = 53;
  private static final int MULTICAST_DNS_PORT = 5353;
  private static final int LLMNR_PORT = 5355;
  private static final int NETBIOS_NAME_PORT = 137;
  private static final int MAX_ROWS = 1_000_000;

  private final Capture capture;
  private final PacketDecoder decoder = PacketDecoder.reassembling();
  private final QueryTimes queries = new QueryTimes();
  private final List<DnsRow> rows = new ArrayList<>();
  private boolean overTcp;

  private DnsAnalysis(Capture capture) {
    this.capture = capture;
  }

  /**
   * DNS messages (RFC 1035 §4), in the order of the capture: datagrams on any port, and what
   * connections of port 53 carry. What makes no sense on port 53 has a row of type {@code
   * malformed} with the reason as its answer. Names that hosts ask of their neighbours (multicast
   * DNS, LLMNR and the name service of NetBIOS) are no part of it. At most a million rows.
   */
  public static List<DnsRow> of(Capture capture) {
    return of(capture, () -> TcpAnalysis.of(capture));
  }

  /** The same; the connections are asked for only if one of them is of port 53. */
  public static List<DnsRow> of(Capture capture, Supplier<TcpAnalysis> tcp) {
    DnsAnalysis analysis = new DnsAnalysis(capture);
    for (int n = 1; n <= capture.frameCount() && analysis.rows.size() < MAX_ROWS; n++) {
      analysis.frame(n);
    }
    if (analysis.overTcp) {
      analysis.connections(tcp.get());
      analysis.rows.sort(Comparator.comparingInt(DnsRow::frame));
    }
    return List.copyOf(analysis.rows);
  }

  private void frame(int n) {
    if (!decoder.decode(capture, n)) {
      return;
    }
    int from = decoder.sourcePort();
    int to = decoder.destinationPort();
    boolean dnsPort = from == DNS_PORT || to == DNS_PORT;
    if (decoder.isTcp()) {
      overTcp |= dnsPort;
      return;
    }
    Bytes payload = decoder.payload();
    if ((!dnsPort && !DnsMessage.isPlausible(payload)) || isAmongNeighbours(from, to)) {
      return;
    }
    add(n, payload, decoder.source(), decoder.destination(), dnsPort);
  }

  /** RFC 6762 §5, 4795 §2 and 1002 §4.2: who says what its own name is, is no name server. */
  private boolean isAmongNeighbours(int from, int to) {
    return from == LLMNR_PORT
        || to == LLMNR_PORT
        || from == NETBIOS_NAME_PORT
        || to == NETBIOS_NAME_PORT
        || (to == MULTICAST_DNS_PORT && isMulticast(decoder.destination().address()));
  }

  private static boolean isMulticast(Bytes address) {
    return address.length() == 4 ? address.u8(0) >>> 4 == 0xe : address.u8(0) == 0xff;
  }

  private void connections(TcpAnalysis tcp) {
    for (Connection connection : tcp.connections()) {
      if (connection.server().port() == DNS_PORT || connection.client().port() == DNS_PORT) {
        stream(connection.fromClient(), connection.client(), connection.server());
        stream(connection.fromServer(), connection.server(), connection.client());
      }
    }
  }

  /**
   * RFC 1035 §4.2.2: over TCP, a length of two octets stands before each message. Of a connection
   * that was joined later it is read if a message begins there.
   */
  private void stream(StreamView view, Endpoint from, Endpoint to) {
    boolean joined = view.gapBefore() != null;
    int at = 0;
    while (at + 2 <= view.length() && rows.size() < MAX_ROWS) {
      int length = view.slice(at, at + 2).u16(0);
      int end = Math.min(at + 2 + length, view.length());
      Bytes message = view.slice(at + 2, end);
      boolean first = at == 0;
      boolean telling = joined || message.length() == length;
      if (first && telling && !DnsMessage.isPlausible(message)) {
        return;
      }
      add(view.readyFrameAt(end - 1), message, from, to, true);
      at = end;
    }
    view.release();
  }

  private void add(int n, Bytes payload, Endpoint from, Endpoint to, boolean dnsPort) {
    try {
      DnsMessage message = DnsMessage.parse(payload);
      if (message.isResponse()) {
        Long asked = queries.askedAt(from, to, message.key());
        Double rtt = asked == null ? null : (capture.timeNanos(n) - asked) / 1e6;
        rows.addAll(message.answerRows(capture, n, rtt));
      } else {
        queries.asked(from, to, message.key(), capture.timeNanos(n));
        rows.addAll(message.questionRows(capture, n));
      }
    } catch (DnsMessage.NotDns e) {
      if (dnsPort) {
        rows.add(malformed(n, payload, e));
      }
    }
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
