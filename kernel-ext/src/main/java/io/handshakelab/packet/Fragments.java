package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP datagrams together from their fragments (RFC 791 §3.2, RFC 815, RFC 8200 §4.5). How many
 * wait for more is limited, and so is for how long; what could not be put together is counted.
 */
final class Fragments {
  /** RFC 8200 §4.5: a minute after the first fragment came, the others are not waited for. */
  static final long PATIENCE_NANOS = 60_000_000_000L;

  static final int MAX_DATAGRAMS = 4096;

  /** Octets of all datagrams that are waited for. */
  static final int MAX_OCTETS = 32 << 20;

  private static final long SECRET = ThreadLocalRandom.current().nextLong();

  /** The oldest first. */
  private final Map<Key, Datagram> pending = new LinkedHashMap<>();

  /** The latest that were put together: what comes of them again is nothing that is missing. */
  private final Set<Key> complete =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
              return size() > MAX_DATAGRAMS;
            }
          });

  private int octets;
  private int incomplete;
  private int firstIncomplete;
  private int overlapping;
  private int firstOverlapping;
  private int crowdedOut;

  /** What all fragments of a datagram have in common; of IPv6 the protocol is not part of it. */
  private record Key(
      long sourceHigh, long sourceLow, long toHigh, long toLow, int identification, int protocol) {
    /** Not to be foreseen, so that no capture can make all of them collide. */
    @Override
    public int hashCode() {
      long mixed = (sourceHigh ^ SECRET) * 0x9E3779B97F4A7C15L;
      mixed = (mixed ^ mixed >>> 32 ^ sourceLow) * 0xC2B2AE3D27D4EB4FL;
      mixed = (mixed ^ mixed >>> 29 ^ toHigh) * 0x165667B19E3779F9L;
      mixed = (mixed ^ mixed >>> 32 ^ toLow) * 0x9E3779B97F4A7C15L;
      mixed = (mixed ^ mixed >>> 29 ^ identification) * 0xC2B2AE3D27D4EB4FL;
      return (int) (((mixed ^ protocol) * 0x165667B19E3779F9L) >>> 32);
    }
  }

  /** The whole datagram, if this fragment was the last that it lacked; else null. */
  @Nullable Bytes add(Bytes data, IpHeader ip, int frame, long nanos) {
    expire(nanos);
    boolean v6 = ip.version() == 6;
    Key key =
        new Key(
            ip.high(data, ip.sourceAt()),
            ip.low(data, ip.sourceAt()),
            ip.high(data, ip.destinationAt()),
            ip.low(data, ip.destinationAt()),
            ip.identification(),
            v6 ? -1 : ip.protocol());
    Datagram datagram = pending.get(key);
    if (datagram == null) {
      datagram = new Datagram(v6, complete.contains(key), frame, nanos);
      pending.put(key, datagram);
      octets += datagram.octets();
    }
    int before = datagram.octets();
    boolean wasSpoilt = datagram.isSpoilt();
    datagram.add(data, ip);
    octets += datagram.octets() - before;
    if (datagram.isSpoilt() && !wasSpoilt) {
      firstOverlapping = overlapping++ == 0 ? frame : firstOverlapping;
    }
    if (datagram.isComplete()) {
      pending.remove(key);
      complete.add(key);
      octets -= datagram.octets();
      return datagram.packet(data, ip);
    }
    while (pending.size() > MAX_DATAGRAMS || octets > MAX_OCTETS) {
      dropOldest();
      crowdedOut++;
    }
    return null;
  }

  /** What could not be put together, in words; to be asked at the end. */
  List<String> warnings() {
    int missing = incomplete;
    int first = firstIncomplete;
    for (Datagram left : pending.values()) {
      if (left.isMissed()) {
        first = missing++ == 0 ? left.firstFrame() : first;
      }
    }
    List<String> warnings = new ArrayList<>();
    if (missing > 0) {
      warnings.add(
          missing
              + " fragmented IP datagrams are not complete, the first one begins in frame "
              + first
              + (crowdedOut > 0 ? "; " + crowdedOut + " of them were too many at a time" : ""));
    }
    if (overlapping > 0) {
      warnings.add(
          overlapping
              + " IPv6 datagrams were discarded because their fragments overlap (RFC 5722),"
              + " the first one in frame "
              + firstOverlapping);
    }
    return warnings;
  }

  private void expire(long nanos) {
    while (!pending.isEmpty()) {
      Datagram oldest = pending.values().iterator().next();
      if (nanos - oldest.firstNanos() <= PATIENCE_NANOS) {
        return;
      }
      dropOldest();
    }
  }

  private void dropOldest() {
    Iterator<Datagram> all = pending.values().iterator();
    Datagram oldest = all.next();
    all.remove();
    octets -= oldest.octets();
    if (oldest.isMissed()) {
      firstIncomplete = incomplete++ == 0 ? oldest.firstFrame() : firstIncomplete;
    }
  }
}
