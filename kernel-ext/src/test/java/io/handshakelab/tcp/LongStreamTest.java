package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.PacketBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongStreamTest {
  @Test
  void aStreamThatIsTooLongForTheMemoryIsTheSameInAFile() {
    byte[] data = new byte[65_000];
    new Random(1).nextBytes(data);
    Capture.Builder builder = Capture.builder("long");
    int count = LongStream.IN_MEMORY / data.length + 10;
    for (int i = 0; i < count; i++) {
      data[0] = (byte) i;
      Bytes packet =
          PacketBuilder.from(Talk.CLIENT)
              .to(Talk.SERVER)
              .seq(0xffff_0000L + (long) i * data.length)
              .ack(1)
              .tcp(Bytes.of(data));
      builder.frame(i, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
    }
    StreamView stream = TcpAnalysis.of(builder.build()).connections().get(0).fromClient();
    Bytes joined = stream.bytes();
    assertThat(joined.length()).isEqualTo(count * data.length).isEqualTo(stream.length());
    for (int i : new int[] {0, 1, 100, count - 1}) {
      data[0] = (byte) i;
      int at = i * data.length;
      assertThat(joined.slice(at, at + data.length)).isEqualTo(Bytes.of(data));
      assertThat(stream.slice(at, at + data.length)).isEqualTo(Bytes.of(data));
    }
    assertThat(stream.gap()).isNull();
    stream.release();
    assertThat(stream.bytes().u8(data.length)).isEqualTo(1);
  }
}
