package io.handshakelab.fuzz;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The entry of the Jazzer program; {@code --target_args} names the {@link FuzzTarget}. */
public final class Fuzz {
  private static FuzzTarget target = FuzzTarget.CAPTURE;

  private Fuzz() {}

  /**
   * Called once, with what {@code --target_args} says. It takes the corpus first, since the time
   * for loading and instrumenting all classes belongs to no input.
   */
  public static void fuzzerInitialize(String[] arguments) throws IOException {
    target = FuzzTarget.of(arguments[0]);
    for (Path input : target.corpus()) {
      fuzzerTestOneInput(Files.readAllBytes(input));
    }
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.run(Bytes.wrap(input));
  }
}
