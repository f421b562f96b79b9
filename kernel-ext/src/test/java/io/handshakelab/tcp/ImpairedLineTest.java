package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.CaptureFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real TCP over a line that loses, delays and reorders: see tests/impaired_network.py. */
class ImpairedLineTest {
  static List<Path> captures() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getenv("IMPAIRED")))) {
      return files.filter(file -> file.toString().contains(".pcap")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everySegmentAndStreamIsWhatTsharkReads(Path file) throws Exception {
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
    assertThat(TsharkOracle.compare(file, tcp)).isGreaterThan(50);
  }
}
