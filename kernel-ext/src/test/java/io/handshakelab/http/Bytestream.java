package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connection made packet by packet, a millisecond apart. */
final class Bytestream {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("0a000001"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 8123);

  private final Capture.Builder capture = Capture.builder("test");
  private long nanos;
  private long clientSeq = 1;
  private long serverSeq = 1;

  /** With its three-way handshake. */
  static Bytestream opened() {
    Bytestream stream = new Bytestream();
    stream.add(PacketBuilder.from(CLIENT).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    stream.add(PacketBuilder.from(SERVER).to(CLIENT).seq(0).ack(1).flags(PacketBuilder.SYN).tcp());
    stream.add(PacketBuilder.from(CLIENT).to(SERVER).seq(1).ack(1).tcp());
    return stream;
  }

  /** From the middle of it. */
  static Bytestream joined() {
    return new Bytestream();
  }

  Bytestream client(Bytes data) {
    for (int at = 0; at < data.length(); at += 40_000) {
      Bytes part = data.slice(at, Math.min(data.length(), at + 40_000));
      add(PacketBuilder.from(CLIENT).to(SERVER).seq(clientSeq).ack(serverSeq).tcp(part));
      clientSeq += part.length();
    }
    return this;
  }

  Bytestream server(Bytes data) {
    for (int at = 0; at < data.length(); at += 40_000) {
      Bytes part = data.slice(at, Math.min(data.length(), at + 40_000));
      add(PacketBuilder.from(SERVER).to(CLIENT).seq(serverSeq).ack(clientSeq).tcp(part));
      serverSeq += part.length();
    }
    return this;
  }

  /** The server sends so much that no frame of the capture holds. */
  Bytestream serverLoses(int octets) {
    serverSeq += octets;
    return this;
  }

  Bytestream client(String text) {
    return client(latin1(text));
  }

  Bytestream server(String text) {
    return server(latin1(text));
  }

  TcpAnalysis tcp() {
    return TcpAnalysis.of(capture.build());
  }

  List<HttpMessage> messages() {
    TcpAnalysis tcp = tcp();
    return HttpAnalysis.of(tcp, TlsAnalysis.of(tcp));
  }

  List<HttpExchange> exchanges() {
    TcpAnalysis tcp = tcp();
    return HttpAnalysis.exchanges(tcp, TlsAnalysis.of(tcp));
  }

  static Bytes latin1(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void add(Bytes packet) {
    nanos += 1_000_000;
    capture.frame(nanos, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }
}
