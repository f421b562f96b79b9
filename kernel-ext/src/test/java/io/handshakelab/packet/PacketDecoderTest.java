package io.handshakelab.packet;

import static io.handshakelab.packet.PacketBuilder.ACK;
import static io.handshakelab.packet.PacketBuilder.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.LinkType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketDecoderTest {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("c0000201"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("c6336407"), 443);
  private static final Endpoint CLIENT6 =
      new Endpoint(Bytes.fromHex("20010db8000000000000000000000001"), 40000);
  private static final Endpoint SERVER6 =
      new Endpoint(Bytes.fromHex("20010db8000000000000000000000002"), 443);

  private final PacketDecoder decoder = new PacketDecoder();

  @Test
  void aSynComesBackWithItsOptions() {
    Bytes syn =
        PacketBuilder.from(CLIENT)
            .to(SERVER)
            .seq(0xfedcba98L)
            .flags(SYN)
            .window(64240)
            .mss(1460)
            .sackPermitted()
            .windowScale(7)
            .tcp();
    assertThat(decoder.decode(syn, LinkType.RAW)).isTrue();
    assertThat(decoder.isTcp()).isTrue();
    assertThat(decoder.source()).isEqualTo(CLIENT);
    assertThat(decoder.destination()).isEqualTo(SERVER);
    assertThat(decoder.sourceLow()).isEqualTo(0xc0000201L);
    assertThat(decoder.destinationLow()).isEqualTo(0xc6336407L);
    assertThat(decoder.seq()).isEqualTo(0xfedcba98L);
    assertThat(decoder.flags()).isEqualTo(SYN);
    assertThat(decoder.window()).isEqualTo(64240);
    assertThat(decoder.windowScale()).isEqualTo(7);
    assertThat(decoder.maximumSegmentSize()).isEqualTo(1460);
    assertThat(decoder.sackPermitted()).isTrue();
    assertThat(decoder.payloadLength()).isZero();
  }

  @Test
  void optionsOfOnePacketAreForgottenInTheNext() {
    decoder.decode(
        PacketBuilder.from(CLIENT).to(SERVER).flags(SYN).mss(1460).windowScale(7).tcp(),
        LinkType.RAW);
    decoder.decode(PacketBuilder.from(CLIENT).to(SERVER).ack(1).tcp(), LinkType.RAW);
    assertThat(decoder.windowScale()).isEqualTo(-1);
    assertThat(decoder.maximumSegmentSize()).isEqualTo(-1);
    assertThat(decoder.sackPermitted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0000000000000000000000000800", // Ethernet
    "1, 00000000000000000000000081000005 0800", // one VLAN tag
    "1, 00000000000000000000000088a8000581000006 0800", // two
    "113, 00000304000600000000000000000800", // cooked
    "276, 0800000000000001030400060000000000000000", // cooked v2
    "0, 02000000", // null, little-endian
    "0, 00000002", // null, big-endian
    "108, 00000002", // loop
    "101, ''",
    "228, ''",
  })
  void everyLinkLayerIsTakenOff(int linkType, String header) {
    Bytes packet = PacketBuilder.from(CLIENT).to(SERVER).seq(7).ack(9).tcp(Bytes.utf8("hello"));
    Bytes frame = Bytes.concat(List.of(Bytes.fromHex(header.replace(" ", "")), packet));
    assertThat(decoder.decode(frame, new LinkType(linkType))).isTrue();
    assertThat(decoder.source()).isEqualTo(CLIENT);
    assertThat(decoder.seq()).isEqualTo(7);
    assertThat(decoder.flags()).isEqualTo(ACK);
    assertThat(decoder.payload()).isEqualTo(Bytes.utf8("hello"));
    assertThat(decoder.payloadOffset()).isEqualTo(frame.length() - 5);
  }

  @Test
  void paddingOfEthernetIsNoPayload() {
    Bytes packet = PacketBuilder.from(CLIENT).to(SERVER).ack(9).tcp();
    Bytes padded =
        Bytes.concat(
            List.of(Bytes.fromHex("0000000000000000000000000800"), packet, Bytes.of(new byte[6])));
    assertThat(decoder.decode(padded, LinkType.ETHERNET)).isTrue();
    assertThat(decoder.payloadLength()).isZero();
    assertThat(decoder.payload()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void aSnappedPacketKeepsTheLengthOfTheHeader() {
    Bytes packet = PacketBuilder.from(CLIENT).to(SERVER).ack(9).tcp(Bytes.of(new byte[100]));
    Bytes snapped = packet.slice(0, 60);
    assertThat(decoder.decode(snapped, 0, 60, packet.length(), LinkType.RAW)).isTrue();
    assertThat(decoder.payloadLength()).isEqualTo(100);
    assertThat(decoder.capturedPayloadLength()).isEqualTo(20);
  }

  @Test
  void aTotalLengthOfZeroMeansTheLengthOfTheFrame() {
    byte[] packet =
        PacketBuilder.from(CLIENT).to(SERVER).ack(9).tcp(Bytes.of(new byte[100])).toArray();
    packet[2] = 0;
    packet[3] = 0;
    assertThat(decoder.decode(Bytes.wrap(packet), LinkType.RAW)).isTrue();
    assertThat(decoder.payloadLength()).isEqualTo(100);
  }

  @Test
  void fragmentsAreMarkedAndNotDecoded() {
    byte[] packet = PacketBuilder.from(CLIENT).to(SERVER).ack(9).tcp().toArray();
    packet[6] = 0x20; // more fragments
    assertThat(decoder.decode(Bytes.wrap(packet), LinkType.RAW)).isFalse();
    assertThat(decoder.isFragment()).isTrue();
    packet[6] = 0;
    packet[7] = 1; // not the first
    assertThat(decoder.decode(Bytes.wrap(packet), LinkType.RAW)).isFalse();
    assertThat(decoder.isFragment()).isTrue();
  }

  @Test
  void extensionHeadersOfIpv6AreSteppedOver() {
    Bytes plain = PacketBuilder.from(CLIENT6).to(SERVER6).seq(5).ack(6).tcp(Bytes.utf8("x"));
    byte[] header = plain.slice(0, 40).toArray();
    header[6] = 0; // next: hop-by-hop
    header[5] = (byte) (header[5] + 24);
    Bytes extensions = Bytes.fromHex("3c00010400000000" + "2c00010400000000" + "0600000000000000");
    Bytes packet = Bytes.concat(List.of(Bytes.wrap(header), extensions, plain.from(40)));
    assertThat(decoder.decode(packet, LinkType.RAW)).isTrue();
    assertThat(decoder.source()).isEqualTo(CLIENT6);
    assertThat(decoder.ipVersion()).isEqualTo(6);
    assertThat(decoder.payload()).isEqualTo(Bytes.utf8("x"));
  }

  @Test
  void aDatagramComesBack() {
    Bytes datagram = PacketBuilder.from(CLIENT6).to(SERVER6).udp(Bytes.utf8("question"));
    assertThat(decoder.decode(datagram, LinkType.IPV6)).isTrue();
    assertThat(decoder.isTcp()).isFalse();
    assertThat(decoder.protocol()).isEqualTo(PacketDecoder.UDP);
    assertThat(decoder.destination()).isEqualTo(SERVER6);
    assertThat(decoder.payload()).isEqualTo(Bytes.utf8("question"));
  }

  @Test
  void everyPrefixAndEveryChangedByteIsSurvived() {
    Random random = new Random(1);
    List<Bytes> packets =
        List.of(
            PacketBuilder.from(CLIENT).to(SERVER).flags(SYN).mss(1460).windowScale(7).tcp(),
            PacketBuilder.from(CLIENT6).to(SERVER6).ack(1).tcp(Bytes.utf8("data")),
            PacketBuilder.from(CLIENT).to(SERVER).udp(Bytes.utf8("data")));
    for (Bytes packet : packets) {
      for (int length = 0; length < packet.length(); length++) {
        touch(packet.slice(0, length), packet.length());
      }
      for (int at = 0; at < packet.length(); at++) {
        for (int i = 0; i < 40; i++) {
          byte[] changed = packet.toArray();
          changed[at] = (byte) random.nextInt();
          touch(Bytes.wrap(changed), changed.length);
        }
      }
    }
  }

  private void touch(Bytes frame, int originalLength) {
    for (int type : new int[] {0, 1, 101, 108, 113, 228, 229, 276, 4711}) {
      if (decoder.decode(frame, 0, frame.length(), originalLength, new LinkType(type))) {
        assertThat(decoder.source().toString()).isNotEmpty();
        assertThat(decoder.payload().length()).isEqualTo(decoder.capturedPayloadLength());
        assertThat(decoder.capturedPayloadLength()).isBetween(0, decoder.payloadLength());
        assertThat(decoder.payloadOffset()).isBetween(0, frame.length());
      }
    }
  }
}
