package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;

/** What an application does with a datagram. */
public interface UdpHandler {
  void received(UdpSocket socket, Endpoint from, Bytes payload);
}
