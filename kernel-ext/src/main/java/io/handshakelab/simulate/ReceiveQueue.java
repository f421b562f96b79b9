package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has come and the user has not taken, by its place in the stream. */
final class ReceiveQueue {
  private final ArrayDeque<Bytes> ready = new ArrayDeque<>();
  private final TreeMap<Integer, Bytes> waiting = new TreeMap<>();
  private int next;
  private int readyOctets;

  /** How far the stream has come without a gap. */
  int next() {
    return next;
  }

  /** Octets that the user may take. */
  int ready() {
    return readyOctets;
  }

  /** Whether there is a gap before something that has come already. */
  boolean hasGap() {
    return !waiting.isEmpty();
  }

  /** Takes what is new of these octets. */
  void add(int place, Bytes octets) {
    if (place > next) {
      waiting.merge(place, octets, (a, b) -> a.length() >= b.length() ? a : b);
      return;
    }
    append(place, octets);
    while (true) {
      Map.Entry<Integer, Bytes> entry = waiting.firstEntry();
      if (entry == null || entry.getKey() > next) {
        return;
      }
      waiting.remove(entry.getKey());
      append(entry.getKey(), entry.getValue());
    }
  }

  /** The next octets for the user, or null. */
  @Nullable Bytes take() {
    Bytes octets = ready.poll();
    if (octets != null) {
      readyOctets -= octets.length();
    }
    return octets;
  }

  private void append(int place, Bytes octets) {
    int old = next - place;
    if (old >= octets.length()) {
      return;
    }
    Bytes rest = old == 0 ? octets : octets.from(old);
    ready.add(rest);
    readyOctets += rest.length();
    next += rest.length();
  }
}
