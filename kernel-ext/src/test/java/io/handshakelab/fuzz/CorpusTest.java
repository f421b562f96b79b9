package io.handshakelab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each fuzz target over its corpus: inputs made from real captures, and whatever fuzzing has
 * found. {@code ./lab test --fuzz} looks for more.
 */
class CorpusTest {
  private static final long SECONDS = 30;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void everyInputOfTheCorpusIsSurvivedInTime(FuzzTarget target) throws Exception {
    List<Path> inputs = target.corpus();
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
  void theLongestInputReachesAllTables() throws Exception {
    for (Path input : FuzzTarget.CAPTURE.corpus()) {
      if (input.endsWith("visit.pcapng")) {
        Capture visit = Everything.open(Bytes.wrap(Files.readAllBytes(input)));
        assertThat(Everything.of(visit)).isGreaterThan(80);
        return;
      }
    }
    throw new AssertionError("the visit is missing");
  }

  @Test
  void theEntryOfJazzerFindsWhatIsWrong() throws Exception {
    Fuzz.fuzzerInitialize(new String[] {"keylog"});
    Fuzz.fuzzerTestOneInput(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Invariants.check(false, "this"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("this");
  }
}
