package io.handshakelab.capture;

import static io.handshakelab.packet.PacketBuilder.FIN;
import static io.handshakelab.packet.PacketBuilder.PSH;
import static io.handshakelab.packet.PacketBuilder.SYN;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;

/** A short conversation over TCP and ten datagrams, IPv4 and IPv6. */
final class MadeUpTraffic {
  private static final long START = 1_700_000_000_123_456_789L;

  private MadeUpTraffic() {}

  static Capture capture() {
    List<Bytes> packets = new ArrayList<>();
    for (String net : List.of("c00002", "20010db8" + "00".repeat(11))) {
      Endpoint a = new Endpoint(Bytes.fromHex(net + "01"), 40000);
      Endpoint b = new Endpoint(Bytes.fromHex(net + "02"), 443);
      packets.add(
          PacketBuilder.from(a)
              .to(b)
              .seq(-2)
              .flags(SYN)
              .mss(1460)
              .windowScale(7)
              .sackPermitted()
              .tcp());
      packets.add(PacketBuilder.from(b).to(a).seq(9).ack(-1).flags(SYN).mss(1440).tcp());
      packets.add(PacketBuilder.from(a).to(b).seq(-1).ack(10).tcp());
      packets.add(PacketBuilder.from(a).to(b).seq(-1).ack(10).flags(PSH).tcp(Bytes.utf8("odd")));
      packets.add(PacketBuilder.from(b).to(a).seq(10).ack(2).flags(FIN).window(0).tcp());
      for (int i = 0; i < 5; i++) {
        packets.add(PacketBuilder.from(a).to(b).udp(Bytes.of(new byte[i])));
      }
    }
    Capture.Builder builder = Capture.builder("made up");
    for (int i = 0; i < packets.size(); i++) {
      Bytes packet = packets.get(i);
      builder.frame(
          START + i * 1_000_003L, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
    }
    return builder.build();
  }
}
