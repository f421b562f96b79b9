package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;

/** A TCP connection with these data, as it would stand in a capture. */
public final class MadeUpConnection {
  private static final Bytes LOOPBACK = Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1);

  private final Endpoint client;
  private final Endpoint server;
  private final List<Bytes> packets = new ArrayList<>();
  private Bytes firstFromClient = Bytes.EMPTY;
  private long clientNext = 1_000_001;
  private long serverNext = 5_000_001;

  public MadeUpConnection(int clientPort, int serverPort) {
    client = new Endpoint(LOOPBACK, clientPort);
    server = new Endpoint(LOOPBACK, serverPort);
    packets.add(
        PacketBuilder.from(client).to(server).seq(1_000_000).flags(PacketBuilder.SYN).tcp());
    packets.add(
        PacketBuilder.from(server)
            .to(client)
            .seq(5_000_000)
            .ack(clientNext)
            .flags(PacketBuilder.SYN)
            .tcp());
    packets.add(PacketBuilder.from(client).to(server).seq(clientNext).ack(serverNext).tcp());
  }

  public void send(boolean fromClient, Bytes data) {
    if (fromClient) {
      firstFromClient = firstFromClient.isEmpty() ? data : firstFromClient;
      packets.add(PacketBuilder.from(client).to(server).seq(clientNext).ack(serverNext).tcp(data));
      clientNext += data.length();
    } else {
      packets.add(PacketBuilder.from(server).to(client).seq(serverNext).ack(clientNext).tcp(data));
      serverNext += data.length();
    }
  }

  /** Behind the headers of record and message, and the version; at the end in the form of SSL 2. */
  public Bytes clientRandom() {
    return firstFromClient.u8(0) == 22
        ? firstFromClient.slice(11, 43)
        : firstFromClient.from(firstFromClient.length() - 32);
  }

  /** Adds its packets, a millisecond apart. */
  public void addTo(Capture.Builder capture, int number) {
    long time = 1_700_000_000_000_000_000L + number * 1_000_000_000L;
    for (Bytes packet : packets) {
      capture.frame(time, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
      time += 1_000_000;
    }
  }
}
