package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.packet.PacketDecoder;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WireSourceTest {
  private static final int DATAGRAMS = 2_000;

  @ParameterizedTest
  @CsvSource({"DUMPCAP, lo", "TCPDUMP, lo", "DUMPCAP, any", "TCPDUMP, any"})
  void nothingIsLostAfterTheStartOrBeforeTheEnd(CaptureProgram program, String device)
      throws IOException {
    if (!mayCapture()) {
      refusesWithAdvice(program);
      return;
    }
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      WireRequest request =
          WireRequest.on(device).filter("udp port " + socket.getLocalPort()).named("burst");
      Capture capture;
      try (WireRecording recording = WireSource.start(request, program)) {
        send(socket, 0);
        send(socket, DATAGRAMS);
        capture = recording.finish();
      }
      assertThat(capture.warnings()).isEmpty();
      assertThat(payloads(capture))
          .isEqualTo(IntStream.range(0, 2 * DATAGRAMS).mapToObj(i -> "datagram " + i).toList());
      assertThat(capture.source()).contains(program.label(), device);
      assertThat(capture.name()).isEqualTo("burst");
      assertThat(capture.evidence(1)).isEqualTo(Evidence.WIRE);
      assertThat(capture.startNanos()).isBetween(now() - 60_000_000_000L, now());
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureProgram.class)
  void markersAreNotInAnUnfilteredCapture(CaptureProgram program) {
    if (!mayCapture()) {
      refusesWithAdvice(program);
      return;
    }
    try (WireRecording recording = WireSource.start(WireRequest.on("lo"), program)) {
      Capture capture = recording.finish();
      assertThat(capture.frames()).noneMatch(frame -> frame.originalLength() > 50_000);
      assertThat(capture.vantage()).isEqualTo(Vantage.BOTH);
      assertThat(recording.finish()).isSameAs(capture);
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureProgram.class)
  void aWrongFilterIsNamed(CaptureProgram program) {
    if (!mayCapture()) {
      refusesWithAdvice(program);
      return;
    }
    assertThatThrownBy(
            () -> WireSource.start(WireRequest.on("lo").filter("no such filter"), program))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("filter")
        .satisfies(e -> assertThat(((Problem) e).advice()).contains("man pcap-filter"));
  }

  @ParameterizedTest
  @EnumSource(CaptureProgram.class)
  void noProcessIsLeftBehind(CaptureProgram program) {
    if (!mayCapture()) {
      refusesWithAdvice(program);
      return;
    }
    WireSource.start(WireRequest.on("lo"), program).close();
    assertThat(ProcessHandle.current().children().map(p -> p.info().command().orElse("")))
        .noneMatch(command -> command.endsWith(program.label()));
  }

  @Test
  void anOrdinaryUserIsToldWhatToDo(@TempDir Path directory) throws IOException {
    // The class path of the tests may lie where an ordinary user cannot read.
    Path classes = Files.createDirectory(directory.resolve("classes"));
    copyClasses(classes);
    Tools.run("chmod", "-R", "a+rX", directory.toString());
    List<String> command = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
    if (isRoot()) {
      command.addAll(List.of("--reuid", "65534", "--regid", "65534", "--clear-groups"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes.toString(),
            ProbeMain.class.getName()));
    List<String> printed = Tools.lines(command.toArray(String[]::new));
    assertThat(printed.get(0)).isEqualTo("false");
    assertThat(printed.get(1)).contains("dumpcap", "tcpdump", "ermission");
    assertThat(printed.get(2)).contains("--source relay");
  }

  private static void copyClasses(Path target) throws IOException {
    for (Class<?> one : List.of(WireSource.class, ProbeMain.class)) {
      Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
      for (String name : List.of("bytes", "capture", "problem")) {
        Path part = root.resolve("io/handshakelab").resolve(name);
        try (Stream<Path> files = Files.exists(part) ? Files.walk(part) : Stream.empty()) {
          for (Path file : files.toList()) {
            Path copy = target.resolve(root.relativize(file).toString());
            if (Files.isDirectory(file)) {
              Files.createDirectories(copy);
            } else {
              Files.copy(file, copy);
            }
          }
        }
      }
    }
  }

  /** Root must be able to; an ordinary user may be, and is told what to do if not. */
  private static boolean mayCapture() {
    Availability availability = WireSource.probe();
    assertThat(availability.available() || !isRoot()).as(availability.reason()).isTrue();
    return availability.available();
  }

  private static void refusesWithAdvice(CaptureProgram program) {
    assertThatThrownBy(() -> WireSource.start(WireRequest.on("lo"), program))
        .isInstanceOf(Problem.class)
        .satisfies(e -> assertThat(((Problem) e).advice()).contains("--source relay"));
  }

  private static boolean isRoot() {
    return Tools.run("id", "-u").strip().equals("0");
  }

  private static long now() {
    return WallClock.nanos();
  }

  private static void send(DatagramSocket socket, int first) throws IOException {
    for (int i = first; i < first + DATAGRAMS; i++) {
      byte[] text = ("datagram " + i).getBytes(StandardCharsets.US_ASCII);
      socket.send(new DatagramPacket(text, text.length, socket.getLocalSocketAddress()));
    }
  }

  private static List<String> payloads(Capture capture) {
    PacketDecoder decoder = new PacketDecoder();
    List<String> payloads = new ArrayList<>();
    for (int n = 1; n <= capture.frameCount(); n++) {
      payloads.add(decoder.decode(capture, n) ? decoder.payload().latin1() : "not decoded");
    }
    return payloads;
  }
}
