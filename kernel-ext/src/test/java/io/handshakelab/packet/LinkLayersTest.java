package io.handshakelab.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Tools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands before and between the IP headers, as tshark and as we read it. */
class LinkLayersTest {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("c0000201"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("c6336407"), 443);
  private static final Endpoint CLIENT6 =
      new Endpoint(Bytes.fromHex("20010db8000000000000000000000001"), 40000);
  private static final Endpoint SERVER6 =
      new Endpoint(Bytes.fromHex("20010db8000000000000000000000002"), 443);
  private static final String MACS = "020000000001020000000002";

  @TempDir Path directory;

  private final Capture.Builder builder = Capture.builder("links");
  private final List<String> names = new ArrayList<>();
  private int number;

  @Test
  void everySegmentIsFoundWhereTsharkFindsIt() throws Exception {
    ethernet("plain", "0800", v4());
    ethernet("IPv6", "86dd", v6());
    ethernet("one tag", "810000050800", v4());
    ethernet("priority tag and IPv6", "8100e00086dd", v6());
    ethernet("two tags", "88a80005810000060800", v4());
    ethernet("two old tags", "910000058100000686dd", v6());
    ethernet("MPLS", "8847000011ff", v4());
    ethernet("three MPLS labels", "8847000010ff000020ff000031ff", v4());
    ethernet("MPLS and IPv6", "8847000021ff", v6());
    Bytes packet = v4();
    ethernet("PPPoE", "886411000001%04x0021".formatted(packet.length() + 2), packet);
    packet = v6();
    ethernet("PPPoE and IPv6", "886411000001%04x0057".formatted(packet.length() + 2), packet);
    packet = v4();
    ethernet("SNAP", "%04xaaaa030000000800".formatted(packet.length() + 8), packet);
    packet = v6();
    ethernet("tag and SNAP", "81000005%04xaaaa0300000086dd".formatted(packet.length() + 8), packet);
    ethernet("padding", "0800", Bytes.concat(List.of(v4(), Bytes.of(new byte[9]))));
    ethernet(
        "checksum of Ethernet", "86dd", Bytes.concat(List.of(v6(), Bytes.fromHex("deadbeef"))));
    frame("cooked", 113, "000003040006000000000000" + "00000800", v4());
    frame("cooked with a tag", 113, "000003040006000000000000" + "00008100" + "00050800", v4());
    frame("cooked v2", 276, "86dd000000000001030400060000000000000000", v6());
    frame("null", 0, "02000000", v4());
    frame("null, IPv6 of FreeBSD", 0, "1c000000", v6());
    frame("null, IPv6 of NetBSD", 0, "18000000", v6());
    frame("null, IPv6 of macOS, big-endian", 0, "0000001e", v6());
    frame("loop", 108, "00000002", v4());
    frame("loop and IPv6", 108, "00000018", v6());
    frame("raw", 101, "", v4());
    frame("raw IPv6", 101, "", v6());
    frame("raw of BSD", 12, "", v4());
    frame("IPv4", 228, "", v4());
    frame("IPv6", 229, "", v6());
    frame("PPP", 9, "ff030021", v4());
    frame("PPP with HDLC", 50, "ff030057", v6());
    frame("Cisco HDLC", 104, "0f000800", v4());
    frame("IP in IP", 101, "", in(4, v4(), CLIENT, SERVER));
    frame("IPv6 in IPv4", 101, "", in(41, v6(), CLIENT, SERVER));
    frame("IPv4 in IPv6", 101, "", in(4, v4(), CLIENT6, SERVER6));
    frame("GRE", 101, "", in(47, gre("00000800", v4()), CLIENT, SERVER));
    frame("GRE, key", 101, "", in(47, gre("2000080000000007", v4()), CLIENT, SERVER));
    frame("GRE, all", 101, "", in(47, gre("b00086dd" + "00".repeat(12), v6()), CLIENT6, SERVER6));
    frame("options", 101, "", options(v4(), "0101010101010100"));
    frame("all options", 101, "", options(v4(), "07270400" + "00".repeat(36)));
    frame("hop by hop", 101, "", extended(v6(), 0, "0600050200000000"));
    frame(
        "five extension headers",
        101,
        "",
        extended(
            v6(),
            0,
            "3c00010400000000" // hop by hop, then destination options
                + "2b00010400000000" // routing
                + "2c00000000000000" // an atomic fragment
                + "3300000000000001" // authentication
                + ("0604000000000001" + "00000001" + "00".repeat(12))));
    frame("length left to the card", 101, "", changed(v4(), 2, 0, 0));
    ethernet("length left to the card", "0800", changed(v4(), 2, 0, 0));
    frame("payload length left to the card", 101, "", changed(v6(), 4, 0, 0));
    frame("jumbo", 101, "", jumbo());
    ethernet("length below the header's", "0800", changed(v4(), 2, 0, 19));
    ethernet("length below the TCP header's", "0800", changed(v4(), 2, 0, 39));
    ethernet("no IP", "0806", v4());
    ethernet("IPv6 behind the type of IPv4", "0800", v6());
    ethernet("version 5", "0800", changed(v4(), 0, 0x55));
    compare();
  }

  private void compare() {
    Path file = directory.resolve("links.pcapng");
    Capture capture = builder.build();
    CaptureFiles.write(capture, file, false);
    PacketDecoder decoder = PacketDecoder.reassembling();
    Map<String, String> ours = new TreeMap<>();
    for (int i = 1; i <= capture.frameCount(); i++) {
      ours.put(names.get(i - 1), decoder.decode(capture, i) ? text(decoder) : "nothing");
    }
    Map<String, String> theirs = new TreeMap<>();
    List<String> lines = tshark(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      theirs.put(names.get(i), line.startsWith("||") ? "nothing" : line);
    }
    // The reasons stand in tshark-differences.md.
    assertThat(
            theirs.put(
                "payload length left to the card (101)",
                "40000|443|44|5|776f726c64|2001:db8::1>2001:db8::2"))
        .isEqualTo("nothing");
    assertThat(theirs.put("length below the TCP header's (1)", "nothing"))
        .isEqualTo("40000|443|47|||192.0.2.1>198.51.100.7");
    assertThat(ours).isEqualTo(theirs);
  }

  private static String text(PacketDecoder p) {
    return String.join(
        "|",
        p.sourcePort() + "",
        p.destinationPort() + "",
        p.seq() + "",
        p.payloadLength() + "",
        p.payload().hex(),
        p.source().addressText() + ">" + p.destination().addressText());
  }

  private static List<String> tshark(Path file) {
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
    command.addAll(List.of("-E", "separator=|", "-E", "occurrence=l"));
    for (String field :
        List.of(
            "tcp.srcport",
            "tcp.dstport",
            "tcp.seq_raw",
            "tcp.len",
            "tcp.payload",
            "_ws.col.Source",
            "_ws.col.Destination")) {
      command.addAll(List.of("-e", field));
    }
    return Tools.lines(command.toArray(String[]::new)).stream()
        .map(line -> line.replaceFirst("\\|([^|]*)$", ">$1"))
        .toList();
  }

  private Bytes v4() {
    return PacketBuilder.from(CLIENT).to(SERVER).seq(number).ack(9).tcp(Bytes.utf8("hello"));
  }

  private Bytes v6() {
    return PacketBuilder.from(CLIENT6).to(SERVER6).seq(number).ack(9).tcp(Bytes.utf8("world"));
  }

  /** The packet as the content of another of this protocol number. */
  private static Bytes in(int protocol, Bytes packet, Endpoint from, Endpoint to) {
    boolean v4 = from.address().length() == 4;
    byte[] outer =
        PacketBuilder.from(from).to(to).udp(Bytes.of(new byte[packet.length() - 8])).toArray();
    outer[v4 ? 9 : 6] = (byte) protocol;
    System.arraycopy(packet.toArray(), 0, outer, v4 ? 20 : 40, packet.length());
    return Bytes.wrap(outer);
  }

  private static Bytes gre(String header, Bytes packet) {
    return Bytes.concat(List.of(Bytes.fromHex(header), packet));
  }

  private static Bytes options(Bytes packet, String options) {
    Bytes more = Bytes.fromHex(options);
    byte[] header = packet.slice(0, 20).toArray();
    header[0] = (byte) (0x45 + more.length() / 4);
    header[3] = (byte) (header[3] + more.length());
    return Bytes.concat(List.of(Bytes.wrap(header), more, packet.from(20)));
  }

  /** RFC 2675: more than the payload length can tell. */
  private Bytes jumbo() {
    Bytes header = extended(v6(), 0, "0600c204000101bd");
    return Bytes.concat(
        List.of(changed(header.slice(0, 68), 4, 0, 0), Bytes.of(new byte[0x101bd - 28])));
  }

  private static Bytes changed(Bytes packet, int at, int... octets) {
    byte[] bytes = packet.toArray();
    for (int i = 0; i < octets.length; i++) {
      bytes[at + i] = (byte) octets[i];
    }
    return Bytes.wrap(bytes);
  }

  private static Bytes extended(Bytes packet, int first, String headers) {
    Bytes more = Bytes.fromHex(headers);
    byte[] header = packet.slice(0, 40).toArray();
    header[6] = (byte) first;
    header[5] = (byte) (header[5] + more.length());
    return Bytes.concat(List.of(Bytes.wrap(header), more, packet.from(40)));
  }

  private void ethernet(String name, String type, Bytes packet) {
    frame(name, 1, MACS + type, packet);
  }

  private void frame(String name, int linkType, String header, Bytes packet) {
    Bytes data = Bytes.concat(List.of(Bytes.fromHex(header), packet));
    names.add(name + " (" + linkType + ")");
    builder.frame(
        1_700_000_000_000_000_000L + number++,
        new LinkType(linkType),
        data,
        data.length(),
        Evidence.WIRE,
        null);
  }
}
