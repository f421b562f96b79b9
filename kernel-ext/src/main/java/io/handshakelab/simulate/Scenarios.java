package io.handshakelab.simulate;

/** Stories beside the {@linkplain Scenario named ones}. */
public final class Scenarios {
  private Scenarios() {}

  /**
   * A story that is made of chance: one to three connections over a network with any mixture of
   * faults, whose ends write, stop reading, close, close half, abort or give up whenever they like.
   */
  public static SimulationResult random(long seed) {
    return new RandomStory(seed).play();
  }
}
