package io.handshakelab.tcp;

import static io.handshakelab.packet.PacketBuilder.PSH;
import static io.handshakelab.packet.PacketBuilder.RST;
import static io.handshakelab.packet.PacketBuilder.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Vantage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each state that is not told has a sentence that says why. */
class UnknownTest {
  @Test
  void whatMayHaveArrivedIsNamedWithTheStatesThatItMayHaveLedTo() {
    TcpAnalysis tcp =
        new Talk().vantage(Vantage.MIDDLE).client(SYN, 0, -1, "").server(SYN, 0, 1, "").analysis();
    assertThat(sentences(tcp))
        .containsExactly(
            "connection 0: the state of the client is not known from 0.001000 s on: no segment"
                + " proves whether this happened there, or when: recv SYN,ACK; it may be SYN-SENT"
                + " or ESTABLISHED");
  }

  @Test
  void anEndThatNeverSaysAnythingIsNeverKnown() {
    assertThat(sentences(new Talk().client(SYN, 0, -1, "").analysis()))
        .containsExactly(
            "connection 0: the state of the server is never known: no segment proves in which it"
                + " is");
  }

  @Test
  void aConnectionWithoutItsBeginningSaysSo() {
    TcpAnalysis tcp =
        new Talk()
            .client(PSH, 1, 1, "data")
            .server(PSH, 1, 5, "answer")
            .client(PSH, 5, 7, "more")
            .analysis();
    assertThat(sentences(tcp))
        .contains(
            "connection 0: the state of the server before 0.000000 s is not known: the capture"
                + " begins in the middle of the connection");
  }

  @Test
  void anEmptyStateInTheMiddleHasItsTwoTimes() {
    TcpAnalysis tcp =
        new Talk().handshake().vantage(Vantage.MIDDLE).server(RST, 1, -1, "").analysis();
    for (Transition t : tcp.transitions()) {
      if (t.from() == null) {
        assertThat(sentences(tcp))
            .anyMatch(s -> s.contains(t.endpoint().label() + " is not known"));
      }
    }
    assertThat(sentences(tcp)).anyMatch(s -> s.contains("the client is not known"));
  }

  @Test
  void whereEverythingIsKnownThereIsNothingToSay() {
    assertThat(sentences(new Talk().handshake().analysis())).isEmpty();
  }

  private static List<String> sentences(TcpAnalysis tcp) {
    return tcp.unknownStates().stream().map(u -> u.sentence(Talk.START)).toList();
  }
}
