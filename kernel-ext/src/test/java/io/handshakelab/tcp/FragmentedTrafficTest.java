package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.dns.DnsAnalysis;
import io.handshakelab.dns.DnsRow;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.packet.PacketDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that come in IP fragments, as tshark and as we put them together. */
class FragmentedTrafficTest {
  private static final Endpoint CLIENT6 = Talk.end("20010db8000000000000000000000001", 40000);
  private static final Endpoint SERVER6 = Talk.end("20010db8000000000000000000000002", 443);
  private static final byte[] TEXT = new byte[3000];

  static {
    new Random(1).nextBytes(TEXT);
  }

  @TempDir Path dir;

  private final List<Talk.Packet> packets = new ArrayList<>();
  private final Random random = new Random(7);

  @Test
  void fragmentsOfIpv4InAnyOrderBecomeSegments() throws Exception {
    traffic(Talk.CLIENT, Talk.SERVER);
    assertThat(check().warnings())
        .singleElement()
        .asString()
        .contains("1 fragmented IP datagrams are not complete");
  }

  @Test
  void fragmentsOfIpv6InAnyOrderBecomeSegments() throws Exception {
    traffic(CLIENT6, SERVER6);
    check();
  }

  @Test
  void overlappingFragmentsOfIpv4AreReadAsTsharkReadsThem() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      overlapping(Talk.CLIENT, seed);
    }
    check();
  }

  @Test
  void overlappingFragmentsOfIpv6AreDiscarded() {
    Bytes packet = segment(CLIENT6, SERVER6, 1, 100);
    add(
        List.of(
            Fragmenter.piece(packet, 1, 0, 64),
            Fragmenter.piece(packet, 1, 0, 64), // the same again is no overlap
            Fragmenter.piece(packet, 1, 56, 80),
            Fragmenter.piece(packet, 1, 64, 120)));
    TcpAnalysis tcp = TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE));
    assertThat(tcp.segments().size()).isZero();
    assertThat(tcp.warnings()).singleElement().asString().contains("RFC 5722").contains("frame 3");
  }

  @Test
  void fragmentsThatNeverBecomeWholeTakeLittleMemoryAndTime() {
    Bytes packet = segment(CLIENT6, SERVER6, 1, 1400);
    Bytes first = Fragmenter.piece(packet, 0, 0, 1384);
    Capture.Builder builder = Capture.builder("many");
    byte[] changed = first.toArray();
    for (int i = 0; i < 100_000; i++) {
      changed[45] = (byte) (i >> 16);
      changed[46] = (byte) (i >> 8);
      changed[47] = (byte) i;
      builder.frame(
          Talk.START + i, LinkType.RAW, Bytes.of(changed), changed.length, Evidence.WIRE, null);
    }
    TcpAnalysis tcp = TcpAnalysis.of(builder.build());
    assertThat(tcp.segments().size()).isZero();
    assertThat(tcp.warnings())
        .singleElement()
        .asString()
        .contains("100000 fragmented IP datagrams are not complete")
        .contains("were too many at a time");
  }

  @Test
  void afterAMinuteFragmentsAreNotWaitedFor() {
    Bytes packet = segment(Talk.CLIENT, Talk.SERVER, 1, 100);
    packets.add(new Talk.Packet(Talk.START, Fragmenter.piece(packet, 1, 0, 64)));
    packets.add(
        new Talk.Packet(Talk.START + 61_000_000_000L, Fragmenter.piece(packet, 1, 64, 120)));
    assertThat(TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE)).segments().size())
        .isZero();
    packets.set(1, new Talk.Packet(Talk.START + 59_000_000_000L, packets.get(1).data()));
    assertThat(TcpAnalysis.of(Talk.capture(packets, null, Evidence.WIRE)).segments().size())
        .isEqualTo(1);
  }

  @Test
  void dnsAnswersInFragmentsAreRead() {
    ByteBuffer answer = ByteBuffer.allocate(18 + 50 * 16);
    answer.putShort((short) 7).putShort((short) 0x8180).putShort((short) 1).putShort((short) 50);
    answer.putInt(0).put((byte) 0).putShort((short) 1).putShort((short) 1).put((byte) 0);
    answer.position(17);
    for (int i = 0; i < 50; i++) {
      answer.put((byte) 0).putShort((short) 1).putShort((short) 1).putInt(60).putShort((short) 4);
      answer.putInt(0x0a000000 + i);
    }
    Bytes packet =
        PacketBuilder.from(Talk.end("0a000002", 53))
            .to(Talk.end("0a000001", 5353))
            .udp(Bytes.wrap(Arrays.copyOf(answer.array(), answer.position())));
    List<Bytes> pieces = Fragmenter.cut(packet, 9, 400);
    Collections.reverse(pieces);
    add(pieces);
    List<DnsRow> rows = DnsAnalysis.of(Talk.capture(packets, null, Evidence.WIRE));
    assertThat(rows).hasSize(50);
    assertThat(rows.get(49).answer()).isEqualTo("10.0.0.49");
    assertThat(rows.get(49).frame()).isEqualTo(packets.size());
  }

  private void overlapping(Endpoint client, int seed) {
    Random dice = new Random(seed);
    Bytes packet = segment(client, Talk.SERVER, 1 + seed * 100, 100);
    List<Bytes> pieces = new ArrayList<>();
    for (int from = 0; from < 120; from += 8 * (1 + dice.nextInt(3))) {
      Bytes piece = Fragmenter.piece(packet, seed, from, from + 8 * (1 + dice.nextInt(6)));
      byte[] changed = piece.toArray();
      if (from > 16) {
        Arrays.fill(changed, 20, changed.length, (byte) ('a' + pieces.size()));
      }
      pieces.add(Bytes.wrap(changed));
    }
    pieces.add(Fragmenter.piece(packet, seed, 0, 24));
    pieces.add(Fragmenter.piece(packet, seed, 112, 120));
    Collections.shuffle(pieces, dice);
    add(pieces);
  }

  /** A handshake and data in fragments: shuffled, doubled, several datagrams at a time. */
  private void traffic(Endpoint client, Endpoint server) {
    Talk talk = new Talk(client, server, 1000, 5000).handshake();
    talk.packets().forEach(packet -> packets.add(packet));
    List<Bytes> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Bytes packet = segment(client, server, 1 + i * 300, 300);
      List<Bytes> pieces = Fragmenter.cut(packet, 77 + i, 8 * (1 + random.nextInt(30)));
      if (random.nextInt(3) == 0) {
        pieces.add(pieces.get(random.nextInt(pieces.size())));
      }
      if (i == 4) {
        pieces.remove(pieces.size() / 2);
      }
      Collections.shuffle(pieces, random);
      waiting.addAll(pieces);
      if (i % 3 == 0) {
        Collections.shuffle(waiting, random);
        add(waiting);
        waiting.clear();
      }
    }
    add(waiting);
  }

  private static Bytes segment(Endpoint client, Endpoint server, int seq, int length) {
    Talk talk = new Talk(client, server, 1000, 5000);
    talk.client(0, seq, 1, "x".repeat(length));
    byte[] packet = talk.packets().get(0).data().toArray();
    int from = (seq - 1) % (TEXT.length / 2);
    System.arraycopy(TEXT, from, packet, packet.length - length, length);
    return Bytes.wrap(packet);
  }

  private void add(List<Bytes> fragments) {
    for (Bytes fragment : fragments) {
      long last = packets.isEmpty() ? Talk.START : packets.get(packets.size() - 1).nanos();
      packets.add(new Talk.Packet(last + 1_000_000, fragment));
    }
  }

  private TcpAnalysis check() throws Exception {
    Path file = dir.resolve("fragments.pcap");
    PcapFiles.write(file, packets);
    Capture capture = Talk.capture(packets, null, Evidence.WIRE);
    TcpAnalysis tcp = TcpAnalysis.of(capture);
    assertThat(TsharkOracle.compare(file, tcp)).isGreaterThan(8);
    List<String> payloads = new ArrayList<>();
    PacketDecoder decoder = PacketDecoder.reassembling();
    for (int frame = 1; frame <= capture.frameCount(); frame++) {
      if (decoder.decode(capture, frame)) {
        payloads.add(decoder.payload().hex());
      }
    }
    assertThat(payloads)
        .isEqualTo(
            TsharkOracle.run(
                    List.of(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-Y",
                        "tcp",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.payload"))
                .lines()
                .toList());
    return tcp;
  }
}
