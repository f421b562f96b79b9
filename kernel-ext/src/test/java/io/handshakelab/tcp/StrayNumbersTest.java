package io.handshakelab.tcp;

import static io.handshakelab.packet.PacketBuilder.FIN;
import static io.handshakelab.packet.PacketBuilder.RST;
import static io.handshakelab.packet.PacketBuilder.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments that belong to something else, or prove less than they seem to. */
class StrayNumbersTest {
  /** Further away than anything that could be missing in a capture. */
  private static final long OLD = 1_000_000_000;

  @Test
  void aFinOfAnOlderConnectionIsNoneOfThisOne() {
    TcpAnalysis tcp =
        new Talk()
            .client(SYN, 0, -1, "")
            .server(FIN, OLD, OLD, "")
            .client(RST, OLD, -1, "")
            .server(SYN, 0, 1, "")
            .client(0, 1, 1, "")
            .analysis();
    assertThat(changes(tcp, Sender.CLIENT))
        .containsExactly("send SYN: SYN-SENT", "recv SYN,ACK: ESTABLISHED");
    assertThat(changes(tcp, Sender.SERVER))
        .containsExactly(
            "passive open: LISTEN", "recv SYN: SYN-RCVD", "recv ACK of SYN: ESTABLISHED");
  }

  @Test
  void dataOfAnOlderConnectionIsNotPutIntoTheStreamOfThisOne() {
    Connection connection =
        new Talk()
            .client(SYN, 0, -1, "")
            .server(0, OLD, OLD, "old")
            .server(SYN, 0, 1, "")
            .client(0, 1, 1, "")
            .server(0, 1, 1, "new")
            .analysis()
            .connection(0);
    assertThat(connection.from(Sender.SERVER).bytes()).isEqualTo(Bytes.utf8("new"));
  }

  @Test
  void aResetThatAnswersAnOlderConnectionClosesNothing() {
    TcpAnalysis tcp =
        new Talk()
            .client(SYN, 0, -1, "")
            .server(SYN, 0, 1, "")
            .client(RST, OLD, -1, "")
            .client(0, 1, 1, "")
            .client(0, 1, 1, "data")
            .server(0, 1, 5, "")
            .analysis();
    assertThat(changes(tcp, Sender.CLIENT)).endsWith("recv SYN,ACK: ESTABLISHED");
    assertThat(tcp.segments().clientState(5)).isEqualTo(TcpState.ESTABLISHED);
  }

  @Test
  void whetherAnAnswerFoundAnybodyIsNotKnownBeforeThatOneAnswers() {
    for (Vantage vantage : List.of(Vantage.BOTH, Vantage.CLIENT)) {
      TcpAnalysis tcp =
          new Talk().vantage(vantage).client(SYN, 0, -1, "").server(SYN, 0, 1, "").analysis();
      assertThat(tcp.segments().clientState(1)).isNull();
      assertThat(changes(tcp, Sender.CLIENT)).containsExactly("send SYN: SYN-SENT");
    }
  }

  @Test
  void whoAnswersWithAResetLongAfterItsEndHasWaitedLongEnough() {
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .client(FIN, 1, 1, "")
            .server(FIN, 1, 2, "")
            .client(0, 2, 2, "")
            .pause(241_000)
            .server(FIN, 1, 2, "")
            .client(RST, 2, -1, "")
            .analysis();
    assertThat(changes(tcp, Sender.CLIENT)).endsWith("timeout 2MSL: CLOSED");
    Transition last = tcp.transitions().get(tcp.transitions().size() - 1);
    assertThat(last.isBetween()).isTrue();
  }

  @Test
  void theBoundsBehindAnUnknownStateBeginWhereItWasLastKnown() {
    // The server's FIN may have been under way when the client's came, or answers it late.
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .client(FIN, 1, 1, "")
            .pause(500)
            .server(FIN, 1, 2, "")
            .client(0, 2, 2, "")
            .pause(1)
            .server(RST, 2, -1, "")
            .analysis();
    Transition closed =
        tcp.transitions().stream()
            .filter(t -> t.endpoint() == Sender.SERVER && t.from() == null)
            .findFirst()
            .orElseThrow();
    assertThat(closed.to()).isEqualTo(TcpState.CLOSED);
    assertThat(closed.notBeforeNanos()).isLessThanOrEqualTo(Talk.START + 3_000_000);
  }

  private static List<String> changes(TcpAnalysis tcp, Sender end) {
    return tcp.transitions().stream()
        .filter(t -> t.endpoint() == end)
        .map(t -> t.event() + ": " + t.to().label())
        .toList();
  }
}
