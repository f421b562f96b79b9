package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The segments that are made up for what was seen at a socket. */
class TapedConnectionTest {
  private static final Endpoint CLIENT = new Endpoint(Bytes.of(new byte[] {10, 0, 0, 1}), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.of(new byte[] {10, 0, 0, 2}), 443);

  private final Tape tape = new Tape(new Random(1));
  private final TapedConnection connection = tape.connection(0);

  private Capture recorded() {
    connection.between(CLIENT, SERVER);
    Capture.Builder capture = Capture.builder("tape");
    tape.writeTo(capture);
    return capture.build();
  }

  /** Sender, flags, length and relative acknowledgement of each segment. */
  private static List<String> segments(Capture capture) {
    List<String> lines = new ArrayList<>();
    PacketDecoder packet = new PacketDecoder();
    long[] isn = new long[2];
    for (int n = 1; n <= capture.frameCount(); n++) {
      assertThat(packet.decode(capture, n)).isTrue();
      int side = packet.source().equals(CLIENT) ? 0 : 1;
      if ((packet.flags() & PacketBuilder.SYN) != 0) {
        isn[side] = packet.seq();
      }
      boolean ack = (packet.flags() & PacketBuilder.ACK) != 0;
      long seq = (packet.seq() - isn[side]) & 0xffff_ffffL;
      long acked = ack ? (packet.ack() - isn[1 - side]) & 0xffff_ffffL : -1;
      lines.add(
          (side == 0 ? "C " : "S ")
              + packet.flags()
              + " "
              + seq
              + "+"
              + packet.payloadLength()
              + " "
              + acked);
    }
    return lines;
  }

  @Test
  void aChunkBecomesSegmentsOfAtMost1460BytesAndOneAcknowledgement() {
    connection.established(10);
    connection.data(true, new byte[3000], 3000, 20, 21);
    connection.end(true, 30);
    connection.end(false, 40);

    Capture capture = recorded();
    assertThat(segments(capture))
        .containsExactly(
            "C 2 0+0 -1",
            "S 18 0+0 1",
            "C 16 1+0 1",
            "C 16 1+1460 1",
            "C 16 1461+1460 1",
            "C 24 2921+80 1",
            "S 16 1+0 3001",
            "C 17 3001+0 1",
            "S 16 1+0 3002",
            "S 17 1+0 3002",
            "C 16 3002+0 2");
    assertThat(capture.evidence(4)).isEqualTo(Evidence.SOCKET);
    assertThat(capture.evidence(7)).isEqualTo(Evidence.INFERRED);
    assertThat(capture.timeNanos(4)).isEqualTo(20);
    assertThat(capture.timeNanos(7)).isEqualTo(21);
  }

  @Test
  void anAnswerThatAcknowledgesAlreadyNeedsNoBareAcknowledgement() {
    connection.established(10);
    connection.data(true, new byte[5], 5, 20, 90);
    connection.data(false, new byte[7], 7, 30, 30);

    assertThat(segments(recorded())).endsWith("C 24 1+5 1", "S 24 1+7 6", "C 16 6+0 8").hasSize(6);
  }

  @Test
  void aRefusalIsAnsweredByRstWithTheSynAcknowledged() {
    connection.refused(10);

    assertThat(segments(recorded()))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("S 20 ")
        .endsWith(" 1");
  }

  @Test
  void afterAResetNothingIsAcknowledgedOrEnded() {
    connection.established(10);
    connection.data(true, new byte[5], 5, 20, 40);
    connection.reset(false, 30);
    connection.end(true, 50);

    assertThat(segments(recorded())).last().asString().isEqualTo("S 20 1+0 6");
  }

  @Test
  void anUnansweredSynStaysAlone() {
    assertThat(segments(recorded())).containsExactly("C 2 0+0 -1");
  }

  @Test
  void noTwoRunsOverTheLimitAreKeptButTheCaptureSaysSo() {
    connection.established(10);
    assertThat(tape.admits((int) Tape.LIMIT - 1)).isTrue();
    connection.data(true, new byte[2], 2, 20, 21);

    Capture capture = recorded();
    assertThat(capture.frameCount()).isEqualTo(3);
    assertThat(capture.warnings()).singleElement().asString().contains("64 MiB");
  }

  @Test
  void theSameRandomSourceGivesTheSameInitialNumbers() {
    TapedConnection again = new Tape(new Random(1)).connection(0);
    again.between(CLIENT, SERVER);
    assertThat(again.frames().get(0).packet()).isEqualTo(recorded().data(1));
  }
}
