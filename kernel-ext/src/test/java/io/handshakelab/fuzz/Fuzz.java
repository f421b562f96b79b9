package io.handshakelab.fuzz;

import io.handshakelab.bytes.Bytes;

/** The entry of the Jazzer program; {@code --target_args} names the {@link FuzzTarget}. */
public final class Fuzz {
  private static FuzzTarget target = FuzzTarget.CAPTURE;

  private Fuzz() {}

  /** Called once, with what {@code --target_args} says. */
  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTarget.of(arguments[0]);
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.run(Bytes.wrap(input));
  }
}
