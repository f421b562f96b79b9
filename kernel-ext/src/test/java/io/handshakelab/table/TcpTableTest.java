package io.handshakelab.table;

import static io.handshakelab.packet.PacketBuilder.ACK;
import static io.handshakelab.packet.PacketBuilder.PSH;
import static io.handshakelab.packet.PacketBuilder.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Vantage;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class TcpTableTest {
  private static final Endpoint CLIENT =
      new Endpoint(Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) 1), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 443);

  private static Analysis handshake() {
    PacketBuilder syn = PacketBuilder.from(CLIENT).to(SERVER).seq(0xffff_ffffL).flags(SYN);
    PacketBuilder synAck = PacketBuilder.from(SERVER).to(CLIENT).seq(700).ack(0).flags(SYN | ACK);
    PacketBuilder ack = PacketBuilder.from(CLIENT).to(SERVER).seq(0).ack(701).flags(ACK);
    PacketBuilder data = PacketBuilder.from(CLIENT).to(SERVER).seq(0).ack(701).flags(PSH | ACK);
    Capture.Builder capture = Capture.builder("handshake").vantage(Vantage.BOTH);
    add(capture, 0, syn.tcp());
    add(capture, 2_000_000, synAck.tcp());
    add(capture, 2_000_500, ack.tcp());
    add(capture, 3_000_000, data.tcp(Bytes.utf8("GET")));
    return Analysis.of(capture.build());
  }

  private static void add(Capture.Builder capture, long afterNanos, Bytes packet) {
    capture.frame(
        Samples.START + afterNanos, LinkType.RAW, packet, packet.length(), Evidence.SOCKET, null);
  }

  @Test
  void aRowTellsOfOneSegmentFromBothSides() {
    Table tcp = Tables.tcp(handshake());
    assertThat(tcp.intColumn("frame").asList()).containsExactly(1, 2, 3, 4);
    assertThat(tcp.doubleColumn("time").asList()).containsExactly(0.0, 0.002, 0.0020005, 0.003);
    assertThat(tcp.stringColumn("sender").asList())
        .containsExactly("client", "server", "client", "client");
    assertThat(tcp.stringColumn("src").get(1)).isEqualTo("10.0.0.2:443");
    assertThat(tcp.stringColumn("dst").get(1)).isEqualTo("10.0.0.1:40000");
    assertThat(tcp.stringColumn("flags").asList())
        .containsExactly("SYN", "SYN,ACK", "ACK", "PSH,ACK");
    assertThat(tcp.longColumn("seq").asList()).containsExactly(0L, 0L, 1L, 1L);
    assertThat(tcp.column("ack").isMissing(0)).isTrue();
    assertThat(tcp.longColumn("ack").get(1)).isEqualTo(1);
    assertThat(tcp.longColumn("seq_raw").get(0)).isEqualTo(0xffff_ffffL);
    assertThat(tcp.intColumn("len").get(3)).isEqualTo(3);
    assertThat(tcp.stringColumn("client_state").asList())
        .containsExactly("SYN-SENT", "ESTABLISHED", "ESTABLISHED", "ESTABLISHED");
    assertThat(tcp.stringColumn("server_state").get(1)).isEqualTo("SYN-RCVD");
    assertThat(tcp.stringColumn("evidence").get(0)).isEqualTo("socket");
  }

  @Test
  void aCaptureWithoutTcpGivesAnEmptyTableWithAllColumns() {
    Table tcp = Tables.tcp(Analysis.of(Capture.builder("empty").build()));
    assertThat(tcp.rowCount()).isZero();
    assertThat(tcp.columnNames()).isEqualTo(new Rows(TcpTables.tcpShape()).table().columnNames());
  }
}
