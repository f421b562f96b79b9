package io.handshakelab.tcp;

import io.handshakelab.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds the latest connection between the two ends of a packet, without making an object. */
final class FlowTable {
  private final List<Flow> flows = new ArrayList<>();
  private final long secret = ThreadLocalRandom.current().nextLong() | 1;
  private @Nullable Flow[] slots = new Flow[64];
  private int used;

  /** Segments of one connection mostly follow each other. */
  private @Nullable Flow last;

  List<Flow> flows() {
    return flows;
  }

  @Nullable Flow find(PacketDecoder packet) {
    Flow before = last;
    if (before == null || !(before.isFromClient(packet) || before.isFromServer(packet))) {
      last = slots[slot(packet)];
    }
    return last;
  }

  /** Adds a connection; it takes the place of an earlier one between the same ends. */
  Flow add(PacketDecoder first, int row) {
    if (used * 2 >= slots.length) {
      grow();
    }
    Flow flow = Flow.begin(flows.size(), row, first);
    flows.add(flow);
    int slot = slot(first);
    Flow earlier = slots[slot];
    if (earlier == null) {
      used++;
    } else {
      earlier.followed = true;
      flow.earlier = earlier;
    }
    slots[slot] = flow;
    last = flow;
    return flow;
  }

  private int slot(PacketDecoder packet) {
    int mask = slots.length - 1;
    int at =
        hash(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort())
            + hash(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort());
    at &= mask;
    while (true) {
      Flow there = slots[at];
      if (there == null || there.isFromClient(packet) || there.isFromServer(packet)) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }

  /** The secret keeps a capture from being made so that all its connections collide. */
  private int hash(long high, long low, int port) {
    long mixed = (high ^ secret) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32 ^ low) * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed ^ mixed >>> 29 ^ port ^ secret) * 0x165667B19E3779F9L;
    return (int) (mixed >>> 32);
  }

  private void grow() {
    @Nullable Flow[] old = slots;
    slots = new Flow[old.length * 2];
    int mask = slots.length - 1;
    for (Flow flow : old) {
      if (flow != null) {
        int at = hash(flow) & mask;
        while (slots[at] != null) {
          at = (at + 1) & mask;
        }
        slots[at] = flow;
      }
    }
  }

  private int hash(Flow flow) {
    return hash(flow.clientHigh(), flow.clientLow(), flow.clientPort())
        + hash(flow.serverHigh(), flow.serverLow(), flow.serverPort());
  }
}
