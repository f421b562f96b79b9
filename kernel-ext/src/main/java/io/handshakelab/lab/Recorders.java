package io.handshakelab.lab;

import io.handshakelab.capture.Availability;
import io.handshakelab.capture.WireSource;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.util.Random;

/** Picks the source of frames. */
final class Recorders {
  private Recorders() {}

  /**
   * Starts the source of this name: {@code wire}, {@code relay} or {@code auto}.
   *
   * @param loopback whether all that is to be recorded stays on this machine
   */
  static Recorder open(String name, String source, boolean loopback, Random random) {
    return switch (known(source)) {
      case "wire" -> wire(name, loopback);
      case "relay" -> relay(name, "relay", random);
      default -> best(name, loopback, random);
    };
  }

  static String known(String source) {
    return switch (source) {
      case "auto", "wire", "relay" -> source;
      default ->
          throw new Problem(
              "no capture source \"" + source + "\"", "take wire, relay, or auto for the best one");
    };
  }

  private static Recorder best(String name, boolean loopback, Random random) {
    Availability availability = WireSource.probe();
    if (!availability.available()) {
      return relay(name, relayBecause(availability.reason()), random);
    }
    try {
      return wire(name, loopback);
    } catch (Problem e) {
      return relay(name, relayBecause(e.whatHappened()), random);
    }
  }

  /** What a capture says about its source when the wire was not to be had: the first reason. */
  static String relayBecause(String reason) {
    int end = reason.indexOf("; ");
    return "relay (" + (end < 0 ? reason : reason.substring(0, end)) + ")";
  }

  private static Recorder wire(String name, boolean loopback) {
    try {
      return new WireRecorder(name, loopback);
    } catch (IOException e) {
      throw new Problem(
          "no sockets for the visit: " + e.getMessage(), "close some programs and try again", e);
    }
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
