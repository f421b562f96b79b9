package io.handshakelab.fuzz;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.List;

/** Makes captures of a fuzzer's bytes. */
final class FuzzTraffic {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("0a000001"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 4433);
  private static final Endpoint NAMES = new Endpoint(Bytes.fromHex("0a000003"), 53);
  private static final int LOST = 0x40;
  private static final int FROM_SERVER = 0x80;

  private final Capture.Builder capture = Capture.builder("fuzz");
  private final long[] seq = {1, 1};
  private long nanos;

  private FuzzTraffic() {}

  /** Each packet has two octets of length before it. */
  static Capture packets(Bytes input) {
    FuzzTraffic traffic = new FuzzTraffic();
    int at = 0;
    while (at + 2 <= input.length()) {
      int end = Math.min(input.length(), at + 2 + input.u16(at));
      traffic.add(input.slice(at + 2, end));
      at = end;
    }
    return traffic.capture.build();
  }

  /**
   * Pieces of what two ends send: three octets before each. The first says who sends it (0x80: the
   * server), whether it is lost (0x40), and in the first piece of all, whether the opening of the
   * connection is lost (0x20); the others are its length.
   */
  static Capture connection(Bytes input) {
    return connection(Bytes.EMPTY, input);
  }

  /** The same, behind what the client has sent already. */
  static Capture connection(Bytes before, Bytes input) {
    FuzzTraffic traffic = new FuzzTraffic();
    if (input.isEmpty() || (input.u8(0) & 0x20) == 0) {
      traffic.open();
    }
    traffic.send(0, before);
    int at = 0;
    while (at + 3 <= input.length()) {
      int kind = input.u8(at);
      int length = input.u16(at + 1);
      int end = (kind & LOST) != 0 ? at + 3 : Math.min(input.length(), at + 3 + length);
      int sender = (kind & FROM_SERVER) != 0 ? 1 : 0;
      if ((kind & LOST) != 0) {
        traffic.seq[sender] += length;
      } else {
        traffic.send(sender, input.slice(at + 3, end));
      }
      at = end;
    }
    return traffic.capture.build();
  }

  /** To a name server and back, by UDP and by TCP. */
  static Capture dns(Bytes input) {
    FuzzTraffic traffic = new FuzzTraffic();
    Bytes message = input.slice(0, Math.min(input.length(), 60_000));
    traffic.add(PacketBuilder.from(CLIENT).to(NAMES).udp(message));
    traffic.add(PacketBuilder.from(NAMES).to(CLIENT).udp(message));
    traffic.add(PacketBuilder.from(CLIENT).to(NAMES).seq(0).flags(PacketBuilder.SYN).tcp());
    Bytes length = Bytes.of((byte) (message.length() >> 8), (byte) message.length());
    Bytes framed = Bytes.concat(List.of(length, message, message));
    traffic.add(
        PacketBuilder.from(CLIENT)
            .to(NAMES)
            .seq(1)
            .tcp(framed.slice(0, Math.min(framed.length(), 64_000))));
    return traffic.capture.build();
  }

  private void open() {
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    add(PacketBuilder.from(SERVER).to(CLIENT).seq(0).ack(1).flags(PacketBuilder.SYN).tcp());
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(1).ack(1).tcp());
  }

  private void send(int sender, Bytes data) {
    PacketBuilder packet =
        sender == 0 ? PacketBuilder.from(CLIENT).to(SERVER) : PacketBuilder.from(SERVER).to(CLIENT);
    for (int at = 0; at < data.length(); at += 60_000) {
      Bytes part = data.slice(at, Math.min(data.length(), at + 60_000));
      add(packet.seq(seq[sender]).ack(seq[1 - sender]).tcp(part));
      seq[sender] += part.length();
    }
  }

  private void add(Bytes packet) {
    nanos += 1_000_000;
    capture.frame(nanos, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }
}
