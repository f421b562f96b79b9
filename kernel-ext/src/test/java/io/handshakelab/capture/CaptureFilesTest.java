package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFilesTest {
  private static final long TIME = 1_700_000_000_123_456_789L;

  /** A UDP datagram from 192.0.2.1 to 192.0.2.2 with four octets. */
  private static final Bytes PACKET =
      PacketBuilder.from(new Endpoint(Bytes.fromHex("c0000201"), 40000))
          .to(new Endpoint(Bytes.fromHex("c0000202"), 9999))
          .udp(Bytes.utf8("data"));

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("visit.pcapng");
  }

  @ParameterizedTest
  @ValueSource(strings = {"visit.pcapng", "visit.pcap"})
  void framesComeBackAsTheyWere(String name) {
    Capture capture =
        Capture.builder("visit")
            .frame(TIME, LinkType.RAW, PACKET, PACKET.length(), Evidence.WIRE, null)
            .frame(TIME + 1, LinkType.RAW, PACKET.slice(0, 21), 32, Evidence.WIRE, null)
            .build();
    Capture back = there(capture, directory.resolve(name));
    assertThat(back.frames()).isEqualTo(capture.frames());
    assertThat(back.name()).isEqualTo(name);
    assertThat(back.warnings()).isEmpty();
  }

  @Test
  void evidenceVantageSecretsReadingsAndWarningsComeBack() throws IOException {
    InetSocketAddress v4 = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
    InetSocketAddress v6 =
        new InetSocketAddress(
            InetAddress.getByAddress(Bytes.fromHex("20010db8" + "0".repeat(23) + "1").toArray()),
            50000);
    Capture capture =
        Capture.builder("visit")
            .source("relay")
            .vantage(Vantage.CLIENT)
            .frame(TIME, LinkType.RAW, PACKET, 32, Evidence.INFERRED, null)
            .frame(TIME + 1, LinkType.RAW, PACKET, 32, Evidence.SOCKET, "look here")
            .frame(TIME + 2, LinkType.RAW, PACKET, 32, Evidence.WIRE, "and\nhere")
            .secrets(Secrets.ofKeyLog("CLIENT_RANDOM aa bb\nSERVER_HANDSHAKE_TRAFFIC_SECRET a b"))
            .reading(new SocketReading(TIME, TIME + 5, v4, v6, "SYN-RCVD"))
            .warning("3 frames were lost")
            .build();
    Capture back = there(capture, file);
    assertThat(back.frames()).isEqualTo(capture.frames());
    assertThat(back.vantage()).isEqualTo(Vantage.CLIENT);
    assertThat(back.secrets().lines()).isEqualTo(capture.secrets().lines());
    assertThat(back.readings()).isEqualTo(capture.readings());
    assertThat(back.warnings()).isEqualTo(capture.warnings());
    assertThat(back.source()).isEqualTo("file visit.pcapng, recorded by relay");
  }

  @Test
  void thousandsOfReadingsComeBack() {
    InetSocketAddress end = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
    Capture.Builder builder = Capture.builder("visit");
    for (int i = 0; i < 3000; i++) {
      builder.reading(new SocketReading(TIME + i, TIME + i + 1, end, end, "ESTABLISHED"));
    }
    Capture capture = builder.build();
    assertThat(there(capture, file).readings()).isEqualTo(capture.readings());
  }

  @Test
  void secretsStayOutWhenToldSo() {
    Capture capture =
        Capture.builder("visit").secrets(Secrets.ofKeyLog("CLIENT_RANDOM aa bb")).build();
    CaptureFiles.write(capture, file, false);
    assertThat(CaptureFiles.read(file).secrets().isEmpty()).isTrue();
    assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain("RANDOM");
  }

  @Test
  void aPcapFileNeverPassesMadeUpFramesOffAsCaptured() {
    Capture capture =
        Capture.builder("visit")
            .frame(TIME, LinkType.RAW, PACKET, 32, Evidence.SOCKET, null)
            .build();
    Capture back = there(capture, directory.resolve("visit.pcap"));
    assertThat(back.evidence(1)).isEqualTo(Evidence.INFERRED);
    assertThat(back.warnings()).singleElement().asString().contains("synthesised");
    assertThat(
            Tools.lines("tshark", "-r", directory + "/visit.pcap", "-T", "fields", "-e", "ip.src"))
        .containsExactly("192.0.2.1");
  }

  @Test
  void wiresharkReadsWhatWasWritten() {
    Capture capture =
        Capture.builder("visit")
            .vantage(Vantage.BOTH)
            .frame(TIME, LinkType.RAW, PACKET, 32, Evidence.SOCKET, "look here")
            .frame(TIME + 1, LinkType.RAW, PACKET, 32, Evidence.WIRE, null)
            .secrets(Secrets.ofKeyLog("CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48)))
            .build();
    CaptureFiles.write(capture, file, true);
    Tools.Result tshark =
        Tools.tryToRun(
            "tshark",
            "-r",
            file.toString(),
            "-T",
            "fields",
            "-E",
            "separator=|",
            "-E",
            "aggregator=/",
            "-o",
            "udp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.interface_name",
            "-e",
            "frame.interface_description",
            "-e",
            "frame.comment",
            "-e",
            "udp.checksum.status",
            "-e",
            "ip.checksum.status",
            "-e",
            "_ws.malformed");
    assertThat(tshark.out().lines())
        .containsExactly(
            "1700000000.123456789|relay|synthesised from socket I/O"
                + "|payload seen at the socket, headers made up\\look here|1|1|",
            "1700000000.123456790|wire|captured packets||1|1|");
    String summary = Tools.run("capinfos", file.toString());
    assertThat(summary)
        .contains("vantage: both", "Number of decryption secrets in file: 1", "nanoseconds (9)");
    assertThat(Tools.run("tshark", "-r", file.toString(), "-2", "-V"))
        .doesNotContain("Severity level: Warn", "Severity level: Error");
  }

  @Test
  void aCompressedFileIsRead() throws IOException {
    Capture capture = sample();
    CaptureFiles.write(capture, file, true);
    Path compressed = directory.resolve("visit.pcapng.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(Files.readAllBytes(file));
    }
    assertThat(CaptureFiles.read(compressed).frames()).isEqualTo(capture.frames());
    byte[] whole = Files.readAllBytes(compressed);
    Files.write(compressed, Arrays.copyOf(whole, whole.length - 20));
    assertThat(CaptureFiles.read(compressed).warnings()).anyMatch(w -> w.contains("cut off"));
  }

  @Test
  void aFileMayBeWrittenOverWhileItIsOpen() {
    CaptureFiles.write(sample(), file, true);
    Capture open = CaptureFiles.read(file);
    CaptureFiles.write(open, file, true);
    assertThat(CaptureFiles.read(file).frames()).isEqualTo(sample().frames());
    assertThat(directory).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void whatIsNoCaptureGetsAnAdvice() throws IOException {
    Path missing = directory.resolve("missing.pcap");
    problem(missing, "there is no file");
    problem(directory, "is a directory");
    problem(Files.createFile(directory.resolve("empty.pcap")), "is empty");
    problem(Files.writeString(directory.resolve("notes.txt"), "hello"), "is no capture");
    problem(Path.of("/dev/null"), "is not a regular file");
    assertThatThrownBy(
            () -> CaptureFiles.write(sample(), directory.resolve("no/where.pcapng"), true))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("there is no directory");
    assertThatThrownBy(() -> CaptureFiles.write(sample(), directory, true))
        .isInstanceOf(Problem.class);
  }

  @Test
  void severalLinkTypesDoNotFitInPcap() {
    Capture mixed =
        Capture.builder("mixed")
            .frame(TIME, LinkType.RAW, PACKET, 32, Evidence.WIRE, null)
            .frame(TIME, LinkType.IPV4, PACKET, 32, Evidence.WIRE, null)
            .build();
    assertThatThrownBy(() -> CaptureFiles.write(mixed, directory.resolve("mixed.pcap"), true))
        .isInstanceOf(Problem.class);
    assertThat(there(mixed, file).frames()).isEqualTo(mixed.frames());
  }

  @ParameterizedTest
  @ValueSource(strings = {"visit.pcapng", "visit.pcap"})
  void everyPrefixGivesTheFramesUpToTheCut(String name) throws IOException {
    Path whole = directory.resolve(name);
    CaptureFiles.write(sample(), whole, true);
    Bytes bytes = Bytes.wrap(Files.readAllBytes(whole));
    int most = 0;
    for (int length = 4; length < bytes.length(); length++) {
      Capture cut = CaptureFiles.parse(bytes.slice(0, length), "cut", "test");
      assertThat(cut.frameCount()).isBetween(most, 3);
      most = cut.frameCount();
      assertThat(cut.frames()).isEqualTo(sample().frames().subList(0, most));
    }
    assertThat(most).isEqualTo(2);
    Capture cut = CaptureFiles.parse(bytes.slice(0, bytes.length() - 3), "cut", "test");
    assertThat(cut.warnings()).singleElement().asString().contains("cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"visit.pcapng", "visit.pcap"})
  void noChangedByteThrowsAnythingButAProblem(String name) throws IOException {
    Path whole = directory.resolve(name);
    CaptureFiles.write(sample(), whole, true);
    byte[] bytes = Files.readAllBytes(whole);
    for (int at = 0; at < bytes.length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ 4}) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        try {
          Capture capture = CaptureFiles.parse(Bytes.wrap(changed), "changed", "test");
          capture.frames().forEach(frame -> assertThat(frame.data().toArray()).isNotNull());
        } catch (Problem expected) {
          assertThat(expected.advice()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void sectionsInBothByteOrdersWithTheirOwnResolutionsAreRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Little-endian, 2^-10 s, one hour east; blocks of unknown type, statistics and an option cut
    // off by its block are passed over.
    out.writeBytes(hex("0a0d0d0a1c000000" + "4d3c2b1a01000000ffffffffffffffff" + "1c000000"));
    out.writeBytes(hex("efbe00001000000001020304" + "10000000"));
    out.writeBytes(
        hex(
            "0100000028000000"
                + "65000000"
                + "00000400"
                + "090001008a000000"
                + "0e000800100e000000000000"
                + "28000000"));
    out.writeBytes(hex("0500000010000000" + "00000000" + "10000000"));
    out.writeBytes(
        hex(
            "0600000028000000"
                + "0000000000000000"
                + "00060000"
                + "0400000005000000"
                + "deadbeef"
                + "0100ff00"
                + "28000000"));
    // Big-endian, microseconds: a simple packet, then an obsolete one.
    out.writeBytes(hex("0a0d0d0a0000001c" + "1a2b3c4d00010000ffffffffffffffff" + "0000001c"));
    out.writeBytes(hex("0000000100000014" + "00e50000" + "00000003" + "00000014"));
    out.writeBytes(hex("0000000300000014" + "00000009" + "cafebabe" + "00000014"));
    out.writeBytes(
        hex(
            "0000000200000024"
                + "0000ffff"
                + "00000000000f4241"
                + "0000000200000002"
                + "beef0000"
                + "00000024"));
    Capture capture = CaptureFiles.parse(Bytes.wrap(out.toByteArray()), "mixed", "test");
    assertThat(capture.frameCount()).isEqualTo(3);
    assertThat(capture.timeNanos(1)).isEqualTo(3_600_000_000_000L + 1_500_000_000L);
    assertThat(capture.data(1)).isEqualTo(Bytes.fromHex("deadbeef"));
    assertThat(capture.originalLength(1)).isEqualTo(5);
    assertThat(capture.data(2)).isEqualTo(Bytes.fromHex("cafeba"));
    assertThat(capture.linkType(2)).isEqualTo(LinkType.IPV6);
    assertThat(capture.originalLength(2)).isEqualTo(9);
    assertThat(capture.timeNanos(3)).isEqualTo(1_000_001_000L);
    assertThat(capture.warnings()).singleElement().asString().contains("no time of their own");
  }

  @Test
  void pcapOfTheOtherByteOrderIsRead() {
    Bytes swapped =
        Bytes.fromHex(
            "d4c3b2a1020004000000000000000000ffff000065000000"
                + "0100000002000000"
                + "0300000004000000"
                + "aabbcc");
    Capture capture = CaptureFiles.parse(swapped, "swapped", "test");
    assertThat(capture.frames())
        .containsExactly(
            new Frame(
                1, 1_000_002_000L, LinkType.RAW, 4, Bytes.fromHex("aabbcc"), null, Evidence.WIRE));
    assertThat(capture.warnings()).isEmpty();
  }

  @Test
  void lengthsThatLieAreNotBelieved() {
    Bytes lying =
        Bytes.fromHex(
            "a1b2c3d4000200040000000000000000ffffffff00000065"
                + "0000000100000002"
                + "7fffffff7fffffff"
                + "aabbcc");
    Capture capture = CaptureFiles.parse(lying, "lying", "test");
    assertThat(capture.frameCount()).isZero();
    assertThat(capture.warnings()).singleElement().asString().contains("within frame 1");
  }

  private static Capture sample() {
    return Capture.builder("sample")
        .frame(TIME, LinkType.RAW, PACKET, 32, Evidence.WIRE, null)
        .frame(TIME + 1, LinkType.RAW, PACKET.slice(0, 30), 32, Evidence.WIRE, null)
        .frame(TIME + 2, LinkType.RAW, PACKET, 32, Evidence.WIRE, null)
        .secrets(Secrets.ofKeyLog("CLIENT_RANDOM aa bb"))
        .build();
  }

  private static Capture there(Capture capture, Path file) {
    CaptureFiles.write(capture, file, true);
    return CaptureFiles.read(file);
  }

  private static void problem(Path file, String what) {
    assertThatThrownBy(() -> CaptureFiles.read(file))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(what)
        .satisfies(e -> assertThat(((Problem) e).advice()).isNotEmpty());
  }

  private static byte[] hex(String text) {
    return Bytes.fromHex(text).toArray();
  }
}
