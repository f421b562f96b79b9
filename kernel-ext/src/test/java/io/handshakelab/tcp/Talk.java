package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Vantage;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes captures of hand-written segments: one millisecond apart unless told otherwise. */
final class Talk {
  static final Endpoint CLIENT = end("0a000001", 40000);
  static final Endpoint SERVER = end("0a000002", 443);
  static final long START = 1_700_000_000_000_000_000L;

  /** One packet with its time. */
  record Packet(long nanos, Bytes data) {}

  private final List<Packet> packets = new ArrayList<>();
  private final Endpoint client;
  private final Endpoint server;
  private final long clientIsn;
  private final long serverIsn;
  private long nanos = START;
  private @Nullable Vantage vantage = Vantage.BOTH;
  private Evidence evidence = Evidence.WIRE;

  Talk() {
    this(CLIENT, SERVER, 1000, 5000);
  }

  Talk(Endpoint client, Endpoint server, long clientIsn, long serverIsn) {
    this.client = client;
    this.server = server;
    this.clientIsn = clientIsn;
    this.serverIsn = serverIsn;
  }

  static Endpoint end(String hexAddress, int port) {
    return new Endpoint(Bytes.fromHex(hexAddress), port);
  }

  Talk vantage(@Nullable Vantage where) {
    vantage = where;
    return this;
  }

  Talk evidence(Evidence how) {
    evidence = how;
    return this;
  }

  Talk pause(long millis) {
    nanos += millis * 1_000_000;
    return this;
  }

  /** A segment of the client: relative numbers; {@code ack} below 0 for none. */
  Talk client(int flags, long seq, long ack, String data) {
    return add(client, server, flags, clientIsn + seq, ack < 0 ? -1 : serverIsn + ack, data);
  }

  Talk server(int flags, long seq, long ack, String data) {
    return add(server, client, flags, serverIsn + seq, ack < 0 ? -1 : clientIsn + ack, data);
  }

  Talk handshake() {
    return client(PacketBuilder.SYN, 0, -1, "")
        .server(PacketBuilder.SYN, 0, 1, "")
        .client(0, 1, 1, "");
  }

  Talk raw(Bytes packet) {
    packets.add(new Packet(nanos, packet));
    nanos += 1_000_000;
    return this;
  }

  List<Packet> packets() {
    return packets;
  }

  Capture capture() {
    return capture(packets, vantage, evidence);
  }

  TcpAnalysis analysis() {
    return TcpAnalysis.of(capture());
  }

  static Capture capture(List<Packet> packets, @Nullable Vantage vantage, Evidence evidence) {
    Capture.Builder builder = Capture.builder("test").vantage(vantage);
    for (Packet packet : packets) {
      Bytes data = packet.data();
      builder.frame(packet.nanos(), LinkType.RAW, data, data.length(), evidence, null);
    }
    return builder.build();
  }

  private Talk add(Endpoint from, Endpoint to, int flags, long seq, long ack, String data) {
    PacketBuilder packet = PacketBuilder.from(from).to(to).seq(seq).flags(flags);
    if (ack >= 0) {
      packet.ack(ack);
    }
    return raw(packet.tcp(Bytes.utf8(data)));
  }
}
