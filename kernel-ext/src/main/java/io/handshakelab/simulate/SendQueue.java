package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What the user has written and the other end has not acknowledged, by its place in the stream. */
final class SendQueue {
  private final ArrayDeque<Bytes> parts = new ArrayDeque<>();
  private int first;
  private int end;

  /** Octets that were ever written. */
  int end() {
    return end;
  }

  int length() {
    return end - first;
  }

  void add(Bytes octets) {
    if (!octets.isEmpty()) {
      parts.add(octets);
      end = Math.addExact(end, octets.length());
    }
  }

  /** Forgets what lies before this place. */
  void release(int until) {
    while (first < until) {
      Bytes part = parts.remove();
      int rest = part.length() - (until - first);
      if (rest > 0) {
        parts.addFirst(part.from(until - first));
        first = until;
      } else {
        first += part.length();
      }
    }
  }

  /** The octets from one place on. */
  Bytes read(int from, int length) {
    List<Bytes> pieces = new ArrayList<>(2);
    int at = first;
    int left = length;
    for (Bytes part : parts) {
      int skip = Math.max(0, from - at);
      if (left > 0 && skip < part.length()) {
        int take = Math.min(left, part.length() - skip);
        pieces.add(part.slice(skip, skip + take));
        left -= take;
      }
      at += part.length();
      if (left == 0) {
        break;
      }
    }
    return pieces.size() == 1 ? pieces.get(0) : Bytes.concat(pieces);
  }
}
