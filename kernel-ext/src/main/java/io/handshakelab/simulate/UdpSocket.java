package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;

/** A port for datagrams on a {@link Host}. */
public final class UdpSocket {
  private final Network network;
  private final Host host;
  private final Endpoint local;
  private final UdpHandler handler;

  UdpSocket(Network network, Host host, Endpoint local, UdpHandler handler) {
    this.network = network;
    this.host = host;
    this.local = local;
    this.handler = handler;
  }

  public Endpoint local() {
    return local;
  }

  public void send(Endpoint to, Bytes payload) {
    network.send(host, Packet.datagram(local, to, payload));
  }

  void receive(Packet packet) {
    handler.received(this, packet.from(), packet.payload());
  }
}
