package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened at one TCP socket, and the segments that must have been sent for it (RFC 9293 §3.5,
 * §3.6). Events are noted as they come, from several threads; segments are made at the end, when
 * the order is known.
 */
final class TapedConnection {
  private static final int MSS = 1460;
  private static final int ACK = PacketBuilder.ACK;
  private static final int FIN_ACK = PacketBuilder.FIN | ACK;
  private static final int PSH_ACK = PacketBuilder.PSH | ACK;
  private static final int RST_ACK = PacketBuilder.RST | ACK;

  private enum Kind {
    ESTABLISHED,
    REFUSED,
    DATA,
    ACKNOWLEDGED,
    END,
    RESET
  }

  private record Event(long time, Kind kind, boolean byClient, Bytes data) {}

  private final Tape tape;
  private final long begun;
  private final Side client;
  private final Side server;
  private final List<Event> events = new ArrayList<>();
  private @Nullable Endpoint clientEnd;
  private @Nullable Endpoint serverEnd;

  /** One end while segments are made. */
  private static final class Side {
    private long next;
    private long acknowledged;
    private boolean finished;

    private Side(int initialSequenceNumber) {
      this.next = Integer.toUnsignedLong(initialSequenceNumber);
    }
  }

  TapedConnection(Tape tape, long begun, int clientIsn, int serverIsn) {
    this.tape = tape;
    this.begun = begun;
    this.client = new Side(clientIsn);
    this.server = new Side(serverIsn);
  }

  /** The two ends, once they are known; without them there is nothing to write. */
  synchronized void between(Endpoint client, Endpoint server) {
    this.clientEnd = client;
    this.serverEnd = server;
  }

  synchronized void established(long time) {
    add(time, Kind.ESTABLISHED, true, Bytes.EMPTY);
  }

  synchronized void refused(long time) {
    add(time, Kind.REFUSED, false, Bytes.EMPTY);
  }

  /**
   * @param time when it was handed to, or came from, the socket
   * @param acknowledged when the other end can have acknowledged it at the earliest
   */
  synchronized void data(
      boolean byClient, byte[] buffer, int length, long time, long acknowledged) {
    if (tape.admits(length)) {
      Bytes data = Bytes.wrap(Arrays.copyOf(buffer, length));
      add(time, Kind.DATA, byClient, data);
      add(acknowledged, Kind.ACKNOWLEDGED, !byClient, Bytes.EMPTY);
    }
  }

  synchronized void end(boolean byClient, long time) {
    add(time, Kind.END, byClient, Bytes.EMPTY);
  }

  synchronized void reset(boolean byClient, long time) {
    add(time, Kind.RESET, byClient, Bytes.EMPTY);
  }

  private void add(long time, Kind kind, boolean byClient, Bytes data) {
    events.add(new Event(time, kind, byClient, data));
  }

  /** The segments in the order of their times. To be called once, when all is over. */
  synchronized List<Tape.Made> frames() {
    Endpoint from = clientEnd;
    Endpoint to = serverEnd;
    List<Tape.Made> made = new ArrayList<>();
    if (from != null && to != null) {
      new Writer(from, to, made).write();
    }
    return made;
  }

  private final class Writer {
    private final Endpoint from;
    private final Endpoint to;
    private final List<Tape.Made> made;
    private boolean reset;

    private Writer(Endpoint from, Endpoint to, List<Tape.Made> made) {
      this.from = from;
      this.to = to;
      this.made = made;
    }

    private void write() {
      PacketBuilder syn = PacketBuilder.from(from).to(to).flags(PacketBuilder.SYN);
      inferred(begun, syn.seq(client.next++).mss(MSS).tcp());
      events.sort(Comparator.comparingLong(Event::time));
      for (Event event : events) {
        switch (event.kind()) {
          case ESTABLISHED -> {
            PacketBuilder both = segment(server).flags(PacketBuilder.SYN).mss(MSS);
            inferred(event.time(), both.tcp());
            server.next++;
            bare(client, event.time(), ACK);
          }
          case REFUSED -> {
            server.next = 0;
            bare(server, event.time(), RST_ACK);
          }
          case DATA -> data(side(event), event);
          case ACKNOWLEDGED -> {
            if (!reset && side(event).acknowledged != other(side(event)).next) {
              bare(side(event), event.time(), ACK);
            }
          }
          case END -> end(side(event), event.time());
          case RESET -> {
            reset = true;
            bare(side(event), event.time(), RST_ACK);
          }
        }
      }
    }

    private void data(Side side, Event event) {
      Bytes data = event.data();
      for (int at = 0; at < data.length(); at += MSS) {
        int end = Math.min(at + MSS, data.length());
        PacketBuilder segment = segment(side).flags(end == data.length() ? PSH_ACK : ACK);
        Bytes packet = segment.tcp(data.slice(at, end));
        made.add(new Tape.Made(event.time(), packet, Evidence.SOCKET));
        side.next += end - at;
      }
    }

    private void end(Side side, long time) {
      if (!reset && !side.finished) {
        side.finished = true;
        bare(side, time, FIN_ACK);
        side.next++;
        bare(other(side), time, ACK);
      }
    }

    private void bare(Side side, long time, int flags) {
      inferred(time, segment(side).flags(flags).tcp());
    }

    private void inferred(long time, Bytes packet) {
      made.add(new Tape.Made(time, packet, Evidence.INFERRED));
    }

    /** A segment that acknowledges all that the other end has sent. */
    private PacketBuilder segment(Side side) {
      Side other = other(side);
      side.acknowledged = other.next;
      Endpoint source = side == client ? from : to;
      Endpoint destination = side == client ? to : from;
      return PacketBuilder.from(source).to(destination).seq(side.next).ack(other.next);
    }

    private Side side(Event event) {
      return event.byClient() ? client : server;
    }

    private Side other(Side side) {
      return side == client ? server : client;
    }
  }
}
