package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.PacketBuilder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GapTest {
  @Test
  void aStreamGoesOnBehindWhatWasLost() {
    StreamView first =
        fromClient(
            new Talk()
                .handshake()
                .client(0, 1, 1, "one")
                .client(0, 7, 1, "three")
                .client(0, 12, 1, "four")
                .client(0, 20, 1, "six")
                .client(PacketBuilder.FIN, 30, 1, ""));
    assertThat(first.bytes().latin1()).isEqualTo("one");
    assertThat(first.position()).isZero();
    assertThat(first.gapBefore()).isNull();
    assertThat(first.gap()).isEqualTo(Gap.LOST);
    assertThat(first.missing()).isEqualTo(3);
    StreamView second = next(first);
    assertThat(second.bytes().latin1()).isEqualTo("threefour");
    assertThat(second.slice(3, 7).latin1()).isEqualTo("eefo");
    assertThat(second.slice(6, 9).latin1()).isEqualTo("our");
    assertThat(second.position()).isEqualTo(6);
    assertThat(second.missingBefore()).isEqualTo(3);
    assertThat(second.gapBefore()).isEqualTo(Gap.LOST);
    assertThat(second.frameAt(5)).isEqualTo(6);
    assertThat(second.readyFrameAt(8)).isEqualTo(6);
    assertThat(second.seqAt(4)).isEqualTo(7);
    StreamView third = next(second);
    assertThat(third.bytes().latin1()).isEqualTo("six");
    assertThat(third.position()).isEqualTo(19);
    assertThat(third.gap()).isEqualTo(Gap.LOST);
    assertThat(third.missing()).as("up to the FIN").isEqualTo(7);
    assertThat(third.afterGap()).isNull();
    first.release();
    assertThat(next(first).bytes().latin1()).isEqualTo("threefour");
  }

  @Test
  void aStreamWithoutGapsEndsWhereItEnds() {
    StreamView stream =
        fromClient(
            new Talk().handshake().client(0, 1, 1, "one").client(PacketBuilder.FIN, 4, 1, ""));
    assertThat(stream.cutOff()).isFalse();
    assertThat(stream.gap()).isNull();
    assertThat(stream.missing()).isZero();
    assertThat(stream.afterGap()).isNull();
  }

  @Test
  void theFirstOctetsMayBeMissing() {
    StreamView first = fromClient(new Talk().handshake().client(0, 5, 1, "late"));
    assertThat(first.length()).isZero();
    assertThat(first.bytes().isEmpty()).isTrue();
    assertThat(first.gap()).isEqualTo(Gap.LOST);
    assertThat(first.missing()).isEqualTo(4);
    assertThat(next(first).bytes().latin1()).isEqualTo("late");
    assertThat(next(first).position()).isEqualTo(4);
  }

  @Test
  void whatWasAcknowledgedButNeverSeenIsMissing() {
    StreamView stream =
        fromClient(new Talk().handshake().client(0, 1, 1, "one").server(0, 1, 10, ""));
    assertThat(stream.gap()).isEqualTo(Gap.LOST);
    assertThat(stream.missing()).isEqualTo(6);
    assertThat(stream.afterGap()).isNull();
  }

  @Test
  void aStreamThatWasBegunBeforeTheCaptureSaysSo() {
    StreamView stream = fromClient(new Talk().client(0, 500, 700, "middle"));
    assertThat(stream.gapBefore()).isEqualTo(Gap.BEFORE_CAPTURE);
    assertThat(stream.missingBefore()).isEqualTo(-1);
    assertThat(stream.position()).isZero();
    assertThat(stream.bytes().latin1()).isEqualTo("middle");
  }

  @Test
  void snappedOctetsAreAGapOfTheirOwnKind() {
    Talk talk = new Talk().handshake().client(0, 1, 1, "abcdef").client(0, 7, 1, "ghij");
    StreamView first = snapped(talk, 43).connections().get(0).fromClient();
    assertThat(first.bytes().latin1()).isEqualTo("abc");
    assertThat(first.gap()).isEqualTo(Gap.SNAPPED);
    assertThat(first.missing()).isEqualTo(3);
    StreamView second = next(first);
    assertThat(second.bytes().latin1()).isEqualTo("ghi");
    assertThat(second.position()).isEqualTo(6);
    assertThat(second.gapBefore()).isEqualTo(Gap.SNAPPED);
    assertThat(second.missing()).isEqualTo(1);
    assertThat(second.afterGap()).isNull();
  }

  @Test
  void segmentsWithoutAHeaderAreCounted() {
    TcpAnalysis tcp = snapped(new Talk().handshake(), 39);
    assertThat(tcp.segments().size()).isZero();
    assertThat(tcp.warnings())
        .containsExactly(
            "3 TCP headers are cut off or malformed, the first one in frame 1: they have no row");
  }

  @Test
  void framesOfAnUnknownLinkLayerAreCounted() {
    Capture.Builder builder = Capture.builder("unknown");
    for (int i = 0; i < 3; i++) {
      builder.frame(0, new LinkType(105), Bytes.utf8("frame"), 5, Evidence.WIRE, null);
    }
    assertThat(TcpAnalysis.of(builder.build()).warnings())
        .containsExactly("3 frames of link-layer type 105 (IEEE 802.11) cannot be read here");
  }

  private static TcpAnalysis snapped(Talk talk, int length) {
    Capture.Builder builder = Capture.builder("snapped");
    for (Talk.Packet packet : talk.packets()) {
      int there = Math.min(packet.data().length(), length);
      builder.frame(
          packet.nanos(),
          LinkType.RAW,
          packet.data().slice(0, there),
          packet.data().length(),
          Evidence.WIRE,
          null);
    }
    return TcpAnalysis.of(builder.build());
  }

  private static StreamView fromClient(Talk talk) {
    return talk.analysis().connections().get(0).fromClient();
  }

  private static StreamView next(StreamView view) {
    return Objects.requireNonNull(view.afterGap());
  }
}
