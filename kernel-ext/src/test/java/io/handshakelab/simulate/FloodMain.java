package io.handshakelab.simulate;

import io.handshakelab.capture.Capture;

/** A flood of as many SYNs as are named, for a test that gives it little memory. */
final class FloodMain {
  private FloodMain() {}

  public static void main(String[] args) {
    for (String how : new String[] {"three-way", "cookies", "two-way"}) {
      SimulationOptions options =
          SimulationOptions.builder()
              .count(Integer.parseInt(args[0]))
              .cookies(how.equals("cookies"))
              .handshake(how.equals("two-way") ? Handshake.TWO_WAY : Handshake.THREE_WAY)
              .build();
      SimulationResult result = Scenario.SYN_FLOOD.play(options);
      Capture capture = result.capture();
      System.out.println(
          how
              + " "
              + capture.frameCount()
              + " "
              + Thread.activeCount()
              + " "
              + result.notes().get(0));
    }
  }
}
