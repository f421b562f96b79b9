package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Evidence;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void aCountDoesNotTouchTheFindings() {
    for (Finding finding : Finding.values()) {
      assertThat(finding.in(Finding.counted(Integer.MAX_VALUE))).as(finding.name()).isFalse();
      assertThat(Finding.count(finding.bit())).as(finding.name()).isZero();
    }
    assertThat(Finding.count(Finding.counted(7) | Finding.DUPLICATE_ACK.bit())).isEqualTo(7);
    assertThat(Finding.count(Finding.counted(1_000_000))).isEqualTo(4095);
  }

  @Test
  void duplicateAcksAreCounted() {
    Talk talk = new Talk().handshake().client(0, 1, 1, "hello");
    for (int i = 0; i < 4; i++) {
      talk.server(0, 1, 6, "");
    }
    Segments segments = talk.analysis().segments();
    assertThat(segments.note(4)).doesNotContain("duplicate");
    assertThat(segments.note(5)).contains("duplicate ACK #1");
    assertThat(segments.note(7)).contains("duplicate ACK #3");
  }

  @Test
  void aSegmentWithAnEarlierTimeThanTheOneBehindItIsOutOfOrder() {
    List<Talk.Packet> packets =
        new ArrayList<>(
            new Talk().handshake().client(0, 1, 1, "one").client(0, 4, 1, "two").packets());
    Collections.swap(packets, 3, 4);
    TcpAnalysis tcp = TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE));
    assertThat(tcp.segments().note(4)).isEqualTo("out-of-order");
    assertThat(tcp.connections().get(0).fromClient().bytes().latin1()).isEqualTo("onetwo");
  }

  @Test
  void whatAConnectionWithoutItsSynReusesBeginsAtZeroAgain() {
    Talk talk =
        new Talk()
            .handshake()
            .client(PacketBuilder.RST, 1, 1, "")
            .server(PacketBuilder.SYN, 9000, 8001, "");
    Segments segments = talk.analysis().segments();
    assertThat(segments.seq(1)).isZero();
    assertThat(segments.seq(4)).isZero();
    assertThat(segments.ack(3)).isEqualTo(1);
    assertThat(segments.note(4)).contains("ports reused");
  }
}
