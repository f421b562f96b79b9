package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Sender;
import java.util.HashMap;
import java.util.Map;

/** Carries packets between the hosts of one side and those of the other. */
final class Network {
  private final VirtualClock clock;
  private final Map<Bytes, Host> hosts = new HashMap<>();
  private final Path[] paths = new Path[2];
  private final FrameTape tape;
  private Script script = (side, segment) -> Script.NOTHING;

  Network(VirtualClock clock, FrameTape tape) {
    this.clock = clock;
    this.tape = tape;
  }

  void path(Sender from, Path path) {
    paths[from.ordinal()] = path;
  }

  void script(Script how) {
    script = how;
  }

  void add(Host host) {
    if (hosts.putIfAbsent(host.address(), host) != null) {
      throw new IllegalArgumentException("there is a host with this address already");
    }
  }

  /** Sends a packet off; what it is called in the ground truth. */
  int send(Host sender, Packet packet) {
    return send(sender.side(), sender.isWatched(), packet);
  }

  /** As a host that is none of ours does it: with an address that may not be its own. */
  int send(Sender side, boolean watched, Packet packet) {
    Path path = paths[side.ordinal()];
    Segment segment = packet.segment();
    long held = segment == null ? Script.NOTHING : script.fate(side, segment);
    long now = clock.elapsedNanos();
    int id = tape.sent(now, side, watched, packet);
    path.send(now, tape.length(id));
    if (held == Script.LOST || path.lost()) {
      if (path.lostLate()) {
        tape.middle(id, halfWay(now, path.arrivalNanos()));
      }
      return id;
    }
    long arrival = path.arrivalNanos() + held;
    deliver(id, side, packet, now, arrival);
    if (path.duplicated()) {
      deliver(tape.copy(id), side, packet, now, arrival + path.copyDelayNanos());
    }
    return id;
  }

  private void deliver(int id, Sender side, Packet packet, long sent, long arrival) {
    tape.middle(id, halfWay(sent, arrival));
    clock.after(arrival - clock.elapsedNanos(), () -> arrive(id, side.other(), packet));
  }

  private static long halfWay(long sent, long arrival) {
    return sent + (arrival - sent) / 2;
  }

  private void arrive(int id, Sender side, Packet packet) {
    Endpoint to = packet.to();
    Host host = hosts.get(to.address());
    boolean there = host != null && host.side() == side;
    tape.arrived(id, clock.elapsedNanos(), side, there && host != null && host.isWatched());
    if (there && host != null) {
      host.receive(packet, id);
    }
  }
}
