package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Frame;
import io.handshakelab.packet.PacketDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The TCP of Linux over a line that loses, delays, doubles and reorders, as tshark and as we read
 * it. The captures were made by {@code tests/impaired_network.py}.
 */
class ImpairedLineTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lossy", "reordering", "slow", "plain", "clean"})
  void everySegmentAndStreamIsWhatTsharkReads(String name) throws Exception {
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file(name)));
    assertThat(TsharkOracle.compare(file(name), tcp)).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy", "plain"})
  void soIsACaptureThatLostSomeOfIt(String name) throws Exception {
    Random random = new Random(1);
    compare(read(name).stream().filter(frame -> random.nextInt(25) > 0).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reordering", "slow"})
  void soIsACaptureThatBeginsInTheMiddle(String name) throws Exception {
    List<Frame> frames = read(name);
    compare(frames.subList(frames.size() / 3, frames.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy", "plain"})
  void soIsACaptureOfOneDirection(String name) throws Exception {
    PacketDecoder decoder = new PacketDecoder();
    compare(
        read(name).stream()
            .filter(
                frame ->
                    decoder.decode(frame.data(), frame.linkType())
                        && decoder.sourcePort() < decoder.destinationPort())
            .toList());
  }

  /** As where two queues of a network card are captured: the order is not quite that of time. */
  @ParameterizedTest
  @ValueSource(strings = {"clean", "plain"})
  void soIsACaptureWithNeighboursSwapped(String name) throws Exception {
    Random random = new Random(2);
    List<Frame> frames = new ArrayList<>(read(name));
    for (int i = 1; i < frames.size(); i++) {
      if (random.nextInt(10) == 0) {
        Frame first = frames.get(i - 1);
        frames.set(i - 1, at(first.timeNanos(), frames.get(i)));
        frames.set(i, at(frames.get(i).timeNanos(), first));
      }
    }
    compare(frames);
  }

  private static Frame at(long nanos, Frame frame) {
    return new Frame(
        0, nanos, frame.linkType(), frame.originalLength(), frame.data(), null, frame.evidence());
  }

  private void compare(List<Frame> frames) throws Exception {
    Capture.Builder builder = Capture.builder("changed");
    for (Frame frame : frames) {
      builder.frame(
          frame.timeNanos(),
          frame.linkType(),
          frame.data(),
          frame.originalLength(),
          frame.evidence(),
          null);
    }
    Path changed = directory.resolve("changed.pcapng");
    CaptureFiles.write(builder.build(), changed, false);
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(changed));
    assertThat(TsharkOracle.compareSegments(changed, tcp)).isGreaterThan(300);
  }

  private static List<Frame> read(String name) throws Exception {
    return CaptureFiles.read(file(name)).frames();
  }

  private static Path file(String name) throws Exception {
    return Path.of(
        ImpairedLineTest.class.getResource("/captures/line/" + name + ".pcap.gz").toURI());
  }
}
