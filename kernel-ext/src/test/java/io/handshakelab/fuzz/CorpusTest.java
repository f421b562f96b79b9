package io.handshakelab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each fuzz target over its corpus: inputs made from real captures, and whatever fuzzing has
 * found. {@code ./lab test --fuzz} looks for more.
 */
class CorpusTest {
  private static final long SECONDS = 5;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void everyInputOfTheCorpusIsSurvivedInTime(FuzzTarget target) throws Exception {
    List<Path> inputs = inputs(target);
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      long start = System.nanoTime();
      try {
        target.run(Bytes.wrap(Files.readAllBytes(input)));
      } catch (Throwable e) {
        throw new AssertionError(target.label() + "/" + input.getFileName() + ": " + e, e);
      }
      assertThat((System.nanoTime() - start) / 1_000_000_000L)
          .as("seconds for %s/%s", target.label(), input.getFileName())
          .isLessThan(SECONDS);
    }
  }

  @Test
  void inputsReachWhatTheyAreMeantFor() throws Exception {
    Path visit = directory(FuzzTarget.CAPTURE).resolve("visit.pcapng");
    assertThat(
            Everything.of(
                io.handshakelab.capture.CaptureFiles.parse(
                    Bytes.wrap(Files.readAllBytes(visit)), "visit", "test")))
        .isGreaterThan(80);
  }

  @Test
  void theEntryOfJazzerFindsWhatIsWrong() {
    Fuzz.fuzzerInitialize(new String[] {"keylog"});
    Fuzz.fuzzerTestOneInput(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Invariants.check(false, "this"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("this");
  }

  private static List<Path> inputs(FuzzTarget target) throws Exception {
    try (Stream<Path> files = Files.list(directory(target))) {
      return files.sorted().toList();
    }
  }

  private static Path directory(FuzzTarget target) throws IOException, URISyntaxException {
    var place = CorpusTest.class.getResource(target.label());
    assertThat(place).as("corpus of %s", target.label()).isNotNull();
    return Path.of(place.toURI());
  }
}
