package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Vantage;
import io.handshakelab.tcp.Sender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What would be recorded at each vantage. A frame is one index in columns, and its octets lie in
 * large runs, so that hundreds of thousands of them cost little.
 *
 * <p>{@code client} and {@code server} see what passes their network card; {@code middle} what
 * comes by when half of its way is behind it; {@code both} what arrives, when it arrives.
 */
final class FrameTape {
  private static final int RUN = 1 << 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  private final View[] views = new View[Vantage.values().length];
  private final List<byte[]> runs = new ArrayList<>();
  private int used = RUN;
  private int identification;

  private int count;
  private int[] run = new int[256];
  private int[] offset = new int[256];
  private int[] length = new int[256];

  FrameTape(int firstIdentification) {
    identification = firstIdentification;
    for (int i = 0; i < views.length; i++) {
      views[i] = new View();
    }
  }

  /** A packet leaves its sender; its number. */
  int sent(long elapsedNanos, Sender side, boolean watched, Packet packet) {
    Bytes octets = packet.octets(identification++ & 0xffff);
    int id = add(packet, octets);
    if (watched) {
      view(card(side)).add(elapsedNanos, id);
    }
    return id;
  }

  /** The network has made a second one of it; the number of that. */
  int copy(int id) {
    grow();
    run[count] = run[id];
    offset[count] = offset[id];
    length[count] = length[id];
    return count++;
  }

  /** Octets of a frame. */
  int length(int id) {
    return length[id];
  }

  void middle(int id, long elapsedNanos) {
    view(Vantage.MIDDLE).add(elapsedNanos, id);
  }

  /** It has come to this side. */
  void arrived(int id, long elapsedNanos, Sender side, boolean watched) {
    view(Vantage.BOTH).add(elapsedNanos, id);
    if (watched) {
      view(card(side)).add(elapsedNanos, id);
    }
  }

  /** The number of the frame that holds this packet, or 0 if it is not to be seen there. */
  int frame(Vantage vantage, int id) {
    return view(vantage).frame(id, count);
  }

  void writeTo(Capture.Builder capture, Vantage vantage) {
    View view = view(vantage);
    view.sort();
    Bytes[] wholes = new Bytes[runs.size()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = Bytes.wrap(runs.get(i));
    }
    for (int i = 0; i < view.size; i++) {
      int id = view.ids[i];
      capture.frame(
          VirtualClock.START_NANOS + view.times[i],
          LinkType.ETHERNET,
          wholes[run[id]],
          offset[id],
          length[id],
          length[id],
          Evidence.WIRE,
          null);
    }
  }

  private static Vantage card(Sender side) {
    return side == Sender.CLIENT ? Vantage.CLIENT : Vantage.SERVER;
  }

  private View view(Vantage vantage) {
    return views[vantage.ordinal()];
  }

  private int add(Packet packet, Bytes octets) {
    int all = ETHERNET_HEADER + octets.length();
    if (used + all > RUN || runs.isEmpty()) {
      runs.add(new byte[Math.max(RUN, all)]);
      used = 0;
    }
    grow();
    byte[] target = runs.get(runs.size() - 1);
    hardwareAddress(packet.to().address(), target, used);
    hardwareAddress(packet.from().address(), target, used + 6);
    int type = packet.to().address().length() == 4 ? IPV4 : IPV6;
    target[used + 12] = (byte) (type >> 8);
    target[used + 13] = (byte) type;
    octets.copyTo(0, target, used + ETHERNET_HEADER, octets.length());
    run[count] = runs.size() - 1;
    offset[count] = used;
    length[count] = all;
    used += all;
    return count++;
  }

  /** Locally administered (IEEE 802 §8.4), made of the last octets of the address of IP. */
  private static void hardwareAddress(Bytes address, byte[] target, int at) {
    target[at] = 2;
    address.copyTo(address.length() - 4, target, at + 2, 4);
  }

  private void grow() {
    if (count == run.length) {
      run = Arrays.copyOf(run, 2 * count);
      offset = Arrays.copyOf(offset, 2 * count);
      length = Arrays.copyOf(length, 2 * count);
    }
  }

  /** The frames at one vantage. */
  private static final class View {
    private int size;
    private long[] times = new long[64];
    private int[] ids = new int[64];
    private boolean sorted = true;
    private int[] frames = {};

    void add(long time, int id) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        ids = Arrays.copyOf(ids, 2 * size);
      }
      sorted &= size == 0 || times[size - 1] <= time;
      times[size] = time;
      ids[size++] = id;
    }

    /** By time; what is recorded first comes first. Only in the middle there is anything to do. */
    void sort() {
      if (sorted) {
        return;
      }
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      long[] by = times;
      Arrays.sort(order, (a, b) -> Long.compare(by[a], by[b]));
      long[] newTimes = new long[size];
      int[] newIds = new int[size];
      for (int i = 0; i < size; i++) {
        newTimes[i] = times[order[i]];
        newIds[i] = ids[order[i]];
      }
      times = newTimes;
      ids = newIds;
      sorted = true;
    }

    int frame(int id, int packets) {
      if (frames.length != packets) {
        sort();
        frames = new int[packets];
        for (int i = 0; i < size; i++) {
          frames[ids[i]] = i + 1;
        }
      }
      return frames[id];
    }
  }
}
