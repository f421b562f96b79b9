package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.packet.PacketDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic made from seeds, with all that goes wrong on the way, as tshark and as we read it. */
class GeneratedTrafficTest {
  @TempDir Path dir;

  @Test
  void lossyTrafficIsReadAsTsharkReadsIt() throws Exception {
    List<Talk.Packet> packets = new ArrayList<>();
    for (int seed = 0; seed < 60; seed++) {
      packets.addAll(connection(new Random(seed), seed));
    }
    packets.sort(Comparator.comparingLong(Talk.Packet::nanos));
    Path file = dir.resolve("lossy.pcap");
    PcapFiles.write(file, packets);
    TcpAnalysis tcp = TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE));
    assertThat(TsharkOracle.compare(file, tcp)).isEqualTo(packets.size()).isGreaterThan(2000);
  }

  @Test
  void streamsAreWhatWasSent() {
    int whole = 0;
    for (int seed = 0; seed < 200; seed++) {
      if (seed % 7 == 3) {
        continue; // begins in mid-stream
      }
      List<Talk.Packet> packets = connection(new Random(seed), seed);
      TcpAnalysis tcp = TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE));
      for (Sender sender : Sender.values()) {
        StreamView stream = tcp.connections().get(0).from(sender);
        byte[] seen = stream.bytes().toArray();
        assertThat(seen).isEqualTo(Arrays.copyOf(truth(seed, sender), seen.length));
        whole += stream.cutOff() ? 0 : 1;
        checkFrames(tcp, stream);
      }
    }
    assertThat(whole).isGreaterThan(40);
  }

  /** The frame of each byte holds that byte, and the ready frame is the latest one up to there. */
  private static void checkFrames(TcpAnalysis tcp, StreamView stream) {
    PacketDecoder decoder = new PacketDecoder();
    int latest = 0;
    for (int i = 0; i < stream.bytes().length(); i++) {
      int frame = stream.frameAt(i);
      latest = Math.max(latest, frame);
      assertThat(stream.readyFrameAt(i)).isEqualTo(latest);
      assertThat(decoder.decode(tcp.capture(), frame)).isTrue();
      int at = (int) (i + 1 - stream.seqAt(i));
      assertThat(decoder.payload().u8(at)).isEqualTo(stream.bytes().u8(i));
      assertThat(stream.timeNanosAt(i)).isEqualTo(tcp.capture().timeNanos(frame));
    }
  }

  private static byte[] truth(int number, Sender sender) {
    byte[] data = new byte[sender == Sender.CLIENT ? 6000 : 20_000];
    new Random(number * 2L + sender.ordinal()).nextBytes(data);
    return data;
  }

  /** Segments that are lost, late, doubled, cut anew, with windows that close and ports reused. */
  private static List<Talk.Packet> connection(Random random, int number) {
    Endpoint client = Talk.end("0a0000" + String.format("%02x", 1 + number % 50), 40_000 + number);
    Endpoint server = Talk.SERVER;
    long[] isn = {random.nextInt() & 0xffff_ffffL, random.nextInt() & 0xffff_ffffL};
    if (number % 5 == 0) {
      isn[0] = 0xffff_ff00L; // the numbers wrap soon
    }
    boolean scaled = random.nextBoolean();
    boolean opening = number % 7 != 3;
    long time = Talk.START + random.nextInt(1_000_000_000);
    List<Talk.Packet> sent = new ArrayList<>();
    int step = number % 2 == 0 ? 40_000 : 4_000_000;
    if (opening) {
      time += step;
      sent.add(new Talk.Packet(time, syn(client, server, isn[0], -1, scaled)));
      time += step;
      sent.add(new Talk.Packet(time, syn(server, client, isn[1], isn[0] + 1, scaled)));
      time += step;
      sent.add(
          new Talk.Packet(
              time, PacketBuilder.from(client).to(server).seq(isn[0] + 1).ack(isn[1] + 1).tcp()));
    }
    long[] next = {isn[0] + 1, isn[1] + 1};
    byte[][] data = {truth(number, Sender.CLIENT), truth(number, Sender.SERVER)};
    for (int i = 0; i < 60; i++) {
      time += random.nextInt(10) == 0 ? 300_000_000 : step + random.nextInt(step);
      int who = random.nextInt(3) == 0 ? 0 : 1;
      Endpoint from = who == 0 ? client : server;
      Endpoint to = who == 0 ? server : client;
      int done = (int) (next[who] - isn[who] - 1);
      int back = random.nextInt(4) == 0 ? random.nextInt(Math.min(done, 700) + 1) : 0;
      int ahead = random.nextInt(12) == 0 ? random.nextInt(500) : 0;
      int begin = done - back + ahead;
      int length = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(300);
      if (random.nextInt(9) == 0) {
        length = random.nextInt(2);
      }
      length = Math.max(0, Math.min(length, data[who].length - begin));
      int window = random.nextInt(15) == 0 ? 0 : random.nextInt(3) == 0 ? 500 : 20_000;
      Bytes payload = Bytes.wrap(Arrays.copyOfRange(data[who], begin, begin + length));
      PacketBuilder packet =
          PacketBuilder.from(from)
              .to(to)
              .seq(isn[who] + 1 + begin)
              .ack(next[1 - who] - (random.nextInt(6) == 0 ? random.nextInt(200) : 0))
              .window(window);
      Bytes whole = packet.tcp(payload);
      next[who] = Math.max(next[who], isn[who] + 1 + begin + length);
      for (int copies = random.nextInt(8) == 0 ? 2 + random.nextInt(3) : 1; copies > 0; copies--) {
        sent.add(new Talk.Packet(time, whole));
        time += random.nextInt(step);
      }
    }
    if (random.nextInt(3) > 0) {
      time += step;
      sent.add(new Talk.Packet(time, end(client, server, next[0], next[1], PacketBuilder.FIN)));
      time += step;
      sent.add(new Talk.Packet(time, end(server, client, next[1], next[0] + 1, PacketBuilder.FIN)));
      time += step;
      sent.add(new Talk.Packet(time, end(client, server, next[0] + 1, next[1] + 1, 0)));
    } else if (random.nextBoolean()) {
      time += step;
      sent.add(new Talk.Packet(time, end(client, server, next[0], next[1], PacketBuilder.RST)));
    }
    if (random.nextBoolean()) {
      time += step;
      sent.add(new Talk.Packet(time, syn(client, server, isn[0] + 77_777, -1, scaled)));
      time += step;
      sent.add(new Talk.Packet(time, syn(server, client, isn[1] + 99, isn[0] + 77_778, scaled)));
    }
    return sent;
  }

  private static Bytes syn(Endpoint from, Endpoint to, long seq, long ack, boolean scaled) {
    PacketBuilder packet =
        PacketBuilder.from(from).to(to).seq(seq).flags(PacketBuilder.SYN).mss(1460);
    if (ack >= 0) {
      packet.ack(ack);
    }
    return (scaled ? packet.windowScale(3) : packet).tcp();
  }

  private static Bytes end(Endpoint from, Endpoint to, long seq, long ack, int flags) {
    return PacketBuilder.from(from).to(to).seq(seq).ack(ack).flags(flags).tcp();
  }
}
