package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.packet.PacketDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files by other programs: what we read is what tshark reads. */
@TestInstance(Lifecycle.PER_CLASS)
class ForeignFilesTest {
  /** The first holds captured packets, and the others are what other programs made of it. */
  private final List<Path> files = new ArrayList<>();

  private Path directory = Path.of("");

  @BeforeAll
  void make(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Path ours = directory.resolve("ours.pcapng");
    CaptureFiles.write(traffic(), ours, true);
    files.add(ours);
    for (String format : List.of("pcap", "nsecpcap", "modpcap", "pcapng")) {
      edit(format, "-F", format);
    }
    edit("snapped", "-s", "80", "-F", "pcap");
    edit("shifted", "-t", "3600.5");
    Path merged = directory.resolve("merged.pcapng");
    Tools.run(
        "mergecap",
        "-I",
        "none",
        "-w",
        merged.toString(),
        ours.toString(),
        files.get(1).toString());
    files.add(merged);
    Path appended = directory.resolve("appended.pcapng");
    Tools.run(
        "mergecap", "-a", "-w", appended.toString(), ours.toString(), files.get(2).toString());
    files.add(appended);
    Path madeUp = directory.resolve("made-up.pcapng");
    CaptureFiles.write(MadeUpTraffic.capture(), madeUp, true);
    files.add(madeUp);
  }

  List<Path> files() {
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void framesAndHeadersAreThoseThatTsharkReads(Path file) {
    Capture capture = CaptureFiles.read(file);
    PacketDecoder decoder = new PacketDecoder();
    List<String> rows = new ArrayList<>();
    for (Frame frame : capture.frames()) {
      assertThat(decoder.decode(capture, frame.number())).isTrue();
      rows.add(text(frame) + "|" + text(decoder));
    }
    List<String> theirs =
        fields(
            file,
            "frame.number",
            "frame.time_epoch",
            "frame.len",
            "frame.cap_len",
            "_ws.col.Source",
            "_ws.col.Destination",
            "tcp.srcport",
            "tcp.dstport",
            "tcp.seq_raw",
            "tcp.ack_raw",
            "tcp.flags",
            "tcp.window_size_value",
            "tcp.len",
            "tcp.options.wscale.shift",
            "tcp.options.mss_val",
            "udp.srcport",
            "udp.dstport",
            "udp.length");
    assertThat(rows).isNotEmpty().isEqualTo(theirs);
    assertThat(capture.warnings()).isEmpty();
  }

  @Test
  void theFilesHoldWhatTheyShould() {
    Capture ours = CaptureFiles.read(files.get(0));
    PacketDecoder decoder = new PacketDecoder();
    long tcp = 0;
    long udp = 0;
    for (int n = 1; n <= ours.frameCount(); n++) {
      boolean decoded = decoder.decode(ours, n);
      tcp += decoded && decoder.isTcp() ? 1 : 0;
      udp += decoded && !decoder.isTcp() ? 1 : 0;
    }
    assertThat(tcp).isGreaterThan(6);
    assertThat(udp).isEqualTo(10);
  }

  @Test
  void wiresharkFindsTheChecksumsOfPacketsMadeHereRight() {
    List<String> rows =
        fields(
            files.get(files.size() - 1),
            "ip.checksum.status",
            "tcp.checksum.status",
            "udp.checksum.status",
            "_ws.malformed");
    assertThat(rows).hasSize(20);
    assertThat(String.join("", rows)).matches("[1|]+");
  }

  private void edit(String name, String... arguments) {
    Path target = directory.resolve(name + (name.equals("pcapng") ? ".pcapng" : ".cap"));
    List<String> command = new ArrayList<>(List.of("editcap"));
    command.addAll(List.of(arguments));
    command.addAll(List.of(files.get(0).toString(), target.toString()));
    Tools.run(command.toArray(String[]::new));
    files.add(target);
  }

  /** Real packets, or the same made up where capturing is not permitted. */
  private static Capture traffic() throws IOException {
    if (!WireSource.probe().available()) {
      return MadeUpTraffic.capture();
    }
    try (WireRecording recording = WireSource.start(WireRequest.on("lo").filter("tcp or udp"));
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept();
          InputStream in = accepted.getInputStream()) {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(in.readNBytes(5)).hasSize(5);
      }
      for (int i = 0; i < 10; i++) {
        socket.send(new DatagramPacket(new byte[i], i, socket.getLocalSocketAddress()));
      }
      return only(recording.finish(), server.getLocalPort(), socket.getLocalPort());
    }
  }

  /** Other tests may be talking at the same time. */
  private static Capture only(Capture capture, int tcpPort, int udpPort) {
    Capture.Builder builder = Capture.builder("traffic").source(capture.source());
    PacketDecoder decoder = new PacketDecoder();
    for (Frame frame : capture.frames()) {
      if (decoder.decode(capture, frame.number())
          && (decoder.sourcePort() == tcpPort
              || decoder.destinationPort() == tcpPort
              || decoder.sourcePort() == udpPort)) {
        builder.frame(
            frame.timeNanos(),
            frame.linkType(),
            frame.data(),
            frame.originalLength(),
            Evidence.WIRE,
            null);
      }
    }
    return builder.build();
  }

  private static String text(Frame frame) {
    return String.join(
        "|",
        "" + frame.number(),
        BigDecimal.valueOf(frame.timeNanos(), 9).toPlainString(),
        "" + frame.originalLength(),
        "" + frame.data().length());
  }

  private static String text(PacketDecoder packet) {
    String ends = packet.source().addressText() + "|" + packet.destination().addressText();
    String ports = packet.sourcePort() + "|" + packet.destinationPort();
    if (!packet.isTcp()) {
      return ends + "|".repeat(10) + ports + "|" + (packet.payloadLength() + 8);
    }
    return String.join(
            "|",
            ends,
            ports,
            "" + packet.seq(),
            "" + packet.ack(),
            "0x%04x".formatted(packet.flags()),
            "" + packet.window(),
            "" + packet.payloadLength(),
            packet.windowScale() < 0 ? "" : "" + packet.windowScale(),
            packet.maximumSegmentSize() < 0 ? "" : "" + packet.maximumSegmentSize())
        + "|||";
  }

  private static List<String> fields(Path file, String... names) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "tshark",
                "-n",
                "-r",
                file.toString(),
                "-T",
                "fields",
                "-E",
                "separator=|",
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE"));
    for (String name : names) {
      command.addAll(List.of("-e", name));
    }
    return new ArrayList<>(Tools.lines(command.toArray(String[]::new)));
  }
}
