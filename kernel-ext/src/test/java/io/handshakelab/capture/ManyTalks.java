package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many TLS connections at once, some of which last longer than others, made from a seed. */
public final class ManyTalks {
  private static final Bytes CLIENT_HELLO =
      Bytes.fromHex(
          "16030100310100002d0303" + "11".repeat(32) + "000004c02fc030" + "0100" + "0000");
  private static final Bytes SERVER_HELLO =
      Bytes.fromHex("160303002c020000280303" + "22".repeat(32) + "00c02f00" + "0000");
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 443);

  private final Random random;
  private final Capture.Builder capture = Capture.builder("many");
  private long time = 1_700_000_000_000_000_000L;

  private ManyTalks(long seed) {
    random = new Random(seed);
  }

  private static final class Talk {
    private final Endpoint client;
    private int step;
    private long sent;
    private long heard;

    private Talk(int number) {
      int host = 0x0a010000 + number / 60_000;
      client =
          new Endpoint(
              Bytes.of((byte) (host >> 24), (byte) (host >> 16), (byte) (host >> 8), (byte) host),
              1024 + number % 60_000);
    }
  }

  /**
   * Makes them.
   *
   * @param talks connections
   * @param records of application data in each
   * @param octets in each record
   */
  public static Capture of(long seed, int talks, int records, int octets) {
    return new ManyTalks(seed).make(talks, records, octets);
  }

  private Capture make(int talks, int records, int octets) {
    List<Talk> open = new ArrayList<>();
    int begun = 0;
    while (begun < talks || !open.isEmpty()) {
      if (begun < talks && open.size() < 8) {
        open.add(new Talk(begun++));
      }
      // The first of them comes less often, so that it lasts.
      int which = random.nextInt(4) == 0 ? 0 : random.nextInt(open.size());
      if (!goOn(open.get(which), records, octets)) {
        open.remove(which);
      }
    }
    return capture.build();
  }

  private boolean goOn(Talk talk, int records, int octets) {
    time += 1 + random.nextInt(1_000_000);
    int step = talk.step++;
    if (step == 0) {
      add(toServer(talk).flags(PacketBuilder.SYN).tcp());
      talk.sent++;
    } else if (step == 1) {
      add(toClient(talk).flags(PacketBuilder.SYN).ack(talk.sent).tcp());
      talk.heard++;
    } else if (step == 2) {
      say(talk, true, CLIENT_HELLO);
    } else if (step == 3) {
      say(talk, false, SERVER_HELLO);
    } else if (step < 4 + records) {
      byte[] record = new byte[5 + octets];
      random.nextBytes(record);
      record[0] = 23;
      record[1] = 3;
      record[2] = 3;
      record[3] = (byte) (octets >> 8);
      record[4] = (byte) octets;
      say(talk, step % 2 == 0, Bytes.wrap(record));
    } else {
      add(toServer(talk).ack(talk.heard).flags(PacketBuilder.FIN).tcp());
      return false;
    }
    return true;
  }

  private void say(Talk talk, boolean client, Bytes record) {
    if (client) {
      add(toServer(talk).ack(talk.heard).tcp(record));
      talk.sent += record.length();
    } else {
      add(toClient(talk).ack(talk.sent).tcp(record));
      talk.heard += record.length();
    }
  }

  private PacketBuilder toServer(Talk talk) {
    return PacketBuilder.from(talk.client).to(SERVER).seq(talk.sent);
  }

  private PacketBuilder toClient(Talk talk) {
    return PacketBuilder.from(SERVER).to(talk.client).seq(talk.heard);
  }

  private void add(Bytes packet) {
    capture.frame(time, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }
}
