package io.handshakelab.lab;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.util.Random;

/** Picks the source of frames. */
final class Recorders {
  private Recorders() {}

  static Recorder open(String name, String source, boolean loopback, Random random) {
    return switch (source) {
      case "auto", "relay" -> relay(name, "relay", random);
      default ->
          throw new Problem(
              "no capture source \"" + source + "\"", "take wire, relay, or auto for the best one");
    };
  }

  private static Recorder relay(String name, String source, Random random) {
    try {
      return new RelayRecorder(name, source, random);
    } catch (IOException e) {
      throw new Problem(
          "the recording relay cannot be started: " + e.getMessage(),
          "it needs a free port on the loopback interface: run doctor",
          e);
    }
  }
}
