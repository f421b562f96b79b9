package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.handshakelab.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RttTest {
  private final Table tcp =
      Table.create(
          "tcp",
          IntColumn.create("conn"),
          DoubleColumn.create("time"),
          StringColumn.create("sender"),
          StringColumn.create("flags"),
          LongColumn.create("seq"),
          LongColumn.create("ack"),
          IntColumn.create("len"),
          StringColumn.create("evidence"));

  @Test
  void aSegmentWaitsForTheFirstThatAcknowledgesItsLastOctet() {
    row(0.000, "client", "SYN", 0, null, 0, "wire");
    row(0.010, "server", "SYN,ACK", 0, 1L, 0, "wire");
    row(0.011, "client", "ACK", 1, 1L, 100, "wire");
    row(0.020, "server", "ACK", 1, 50L, 0, "wire");
    row(0.031, "server", "ACK", 1, 101L, 0, "wire");
    assertThat(RoundTrips.of(tcp).get("conn 0 client → server"))
        .extracting(RoundTrips.Sample::ms)
        .satisfiesExactly(
            ms -> assertThat(ms).isCloseTo(10, within(1e-6)),
            ms -> assertThat(ms).isCloseTo(20, within(1e-6)));
  }

  @Test
  void whatWasSentTwiceGivesNoSample() {
    row(0.000, "client", "PSH,ACK", 1, 1L, 10, "wire");
    row(0.200, "client", "PSH,ACK", 1, 1L, 10, "wire");
    row(0.210, "server", "ACK", 1, 11L, 0, "wire");
    assertThat(RoundTrips.of(tcp)).isEmpty();
  }

  @Test
  void aMadeUpAcknowledgementProvesNothing() {
    row(0.000, "client", "PSH,ACK", 1, 1L, 10, "socket");
    row(0.001, "server", "ACK", 1, 11L, 0, "inferred");
    assertThatThrownBy(() -> Charts.rtt(tcp))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no round trip can be told");
  }

  @Test
  void thePictureIsAPngAndAnSvgAndHasWords() throws IOException {
    row(0.000, "client", "SYN", 0, null, 0, "wire");
    row(0.010, "server", "SYN,ACK", 0, 1L, 0, "wire");
    Picture picture = Charts.rtt(tcp);
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.png())).getWidth())
        .isEqualTo(2 * picture.width());
    assertThat(picture.svg()).startsWith("<svg").contains("<title>How long each segment waited");
    assertThat(picture.text()).contains("1 samples, least 10.000 ms");
  }

  private void row(
      double time,
      String sender,
      String flags,
      long seq,
      @Nullable Long ack,
      int len,
      String evidence) {
    tcp.intColumn("conn").append(0);
    tcp.doubleColumn("time").append(time);
    tcp.stringColumn("sender").append(sender);
    tcp.stringColumn("flags").append(flags);
    tcp.longColumn("seq").append(seq);
    if (ack == null) {
      tcp.longColumn("ack").appendMissing();
    } else {
      tcp.longColumn("ack").append((long) ack);
    }
    tcp.intColumn("len").append(len);
    tcp.stringColumn("evidence").append(evidence);
  }
}
