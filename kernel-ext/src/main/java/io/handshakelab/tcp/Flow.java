package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketDecoder;
import org.jspecify.annotations.Nullable;

/** One connection while the segments go by: its two directions, and which end is the client. */
final class Flow {
  final int number;
  final Direction fromClient = new Direction();
  final Direction fromServer = new Direction();
  final int firstRow;
  int lastRow;
  boolean openingSeen;

  /** The connection between the same ends that came before, if there is one. */
  @Nullable Flow earlier;

  /** Whether there is one that comes after it. */
  boolean followed;

  /** When the last SYN without ACK went by. */
  long openingNanos;

  /** From the SYN to the first ACK without SYN, or 0 (RFC 6298 takes it as a first RTT). */
  long firstRoundTripNanos;

  private final int version;
  private final long clientHigh;
  private final long clientLow;
  private final int clientPort;
  private final long serverHigh;
  private final long serverLow;
  private final int serverPort;

  private Flow(int number, int firstRow, PacketDecoder first, boolean clientSends) {
    this.number = number;
    this.firstRow = firstRow;
    this.lastRow = firstRow;
    version = first.ipVersion();
    clientHigh = clientSends ? first.sourceHigh() : first.destinationHigh();
    clientLow = clientSends ? first.sourceLow() : first.destinationLow();
    clientPort = clientSends ? first.sourcePort() : first.destinationPort();
    serverHigh = clientSends ? first.destinationHigh() : first.sourceHigh();
    serverLow = clientSends ? first.destinationLow() : first.sourceLow();
    serverPort = clientSends ? first.destinationPort() : first.sourcePort();
  }

  /**
   * Begins with this segment. The client is the sender of a SYN, or the receiver of a SYN,ACK; else
   * a guess: servers have the lower port, and of equal ones the first that speaks is the client.
   */
  static Flow begin(int number, int row, PacketDecoder first) {
    int flags = first.flags();
    boolean clientSends =
        Flags.has(flags, Flags.SYN)
            ? !Flags.has(flags, Flags.ACK)
            : first.sourcePort() >= first.destinationPort();
    return new Flow(number, row, first, clientSends);
  }

  /** Both ends have sent a SYN of their own, and neither is the one that waited. */
  boolean bothOpen() {
    return fromClient.firstSynRow != Direction.NO_ROW && fromServer.firstSynRow != Direction.NO_ROW;
  }

  Direction from(Sender sender) {
    return sender == Sender.CLIENT ? fromClient : fromServer;
  }

  /** Made anew each time: few ask, and there may be very many connections. */
  Endpoint client() {
    return new Endpoint(address(clientHigh, clientLow), clientPort);
  }

  /** As {@link #client}. */
  Endpoint server() {
    return new Endpoint(address(serverHigh, serverLow), serverPort);
  }

  /** Whether the same end is the client in another connection between the same ends. */
  boolean hasSameClient(Flow other) {
    return clientPort == other.clientPort
        && clientLow == other.clientLow
        && clientHigh == other.clientHigh;
  }

  int clientPort() {
    return clientPort;
  }

  int serverPort() {
    return serverPort;
  }

  private Bytes address(long high, long low) {
    byte[] octets = new byte[version == 4 ? 4 : 16];
    for (int i = 0; i < octets.length; i++) {
      int fromEnd = octets.length - 1 - i;
      octets[i] = (byte) (fromEnd < 8 ? low >> (8 * fromEnd) : high >> (8 * (fromEnd - 8)));
    }
    return Bytes.wrap(octets);
  }

  long clientHigh() {
    return clientHigh;
  }

  long clientLow() {
    return clientLow;
  }

  long serverHigh() {
    return serverHigh;
  }

  long serverLow() {
    return serverLow;
  }

  boolean isFromClient(PacketDecoder packet) {
    return packet.sourcePort() == clientPort
        && packet.destinationPort() == serverPort
        && packet.sourceLow() == clientLow
        && packet.destinationLow() == serverLow
        && packet.sourceHigh() == clientHigh
        && packet.destinationHigh() == serverHigh
        && packet.ipVersion() == version;
  }

  boolean isFromServer(PacketDecoder packet) {
    return packet.sourcePort() == serverPort
        && packet.destinationPort() == clientPort
        && packet.sourceLow() == serverLow
        && packet.destinationLow() == clientLow
        && packet.sourceHigh() == serverHigh
        && packet.destinationHigh() == clientHigh
        && packet.ipVersion() == version;
  }
}
