package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.cli.Main;
import io.handshakelab.problem.Problem;
import io.handshakelab.table.Listings;
import io.handshakelab.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read page by page gives the same as one that is read whole. */
class LargeFileTest {
  /** Pages of 4 KiB, with 256 octets in common: many frames lie in two of them. */
  private static final int SMALL_PAGES = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"talks.pcap", "talks.pcapng"})
  void pagesGiveTheSameFramesAndRowsAsTheWhole(String name) {
    Path file = folder.resolve(name);
    CaptureFiles.write(ManyTalks.of(7, 60, 9, 900), file, false);
    Capture whole = CaptureFiles.read(file);
    Capture paged = CaptureFiles.read(file, FileBytes.of(file, 0, SMALL_PAGES));
    assertThat(paged.frames()).isEqualTo(whole.frames()).hasSizeGreaterThan(700);
    assertThat(tcp(paged)).isEqualTo(tcp(whole));
    assertThat(tls(paged)).isEqualTo(tls(whole)).contains("ServerHello");
  }

  @Test
  void aFileThatBecomesShorterIsAProblemAndNothingWorse() throws IOException {
    Path file = folder.resolve("talks.pcap");
    CaptureFiles.write(ManyTalks.of(7, 60, 9, 900), file, false);
    Capture paged = CaptureFiles.read(file, FileBytes.of(file, 0, SMALL_PAGES));
    Files.write(file, new byte[100]);
    assertThat(catchThrowable(() -> paged.data(300).toArray()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("shorter");
  }

  /** The file alone is larger than the memory. */
  @Test
  void aFileLargerThanTheMemoryIsReadAllTheSame() throws Exception {
    Path file = folder.resolve("large.pcap");
    CaptureFiles.write(ManyTalks.of(11, 3_000, 20, 1_400), file, false);
    assertThat(Files.size(file)).isGreaterThan(80 << 20);
    Path rows = folder.resolve("rows.json");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of("tls", file.toString(), "--format", "json"));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(rows.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    try (Stream<String> lines = Files.lines(rows)) {
      assertThat(lines.filter(line -> line.startsWith("{"))).hasSize(3_000 * 22);
    }
  }

  private static String tcp(Capture capture) {
    return Listings.tcp(Analysis.of(capture)).text(TableFormat.JSON);
  }

  private static String tls(Capture capture) {
    return Listings.tlsStream(Analysis.of(capture).tcp()).text(TableFormat.JSON);
  }
}
