package io.handshakelab.simulate;

import io.handshakelab.tcp.Sender;

/** Decides the fate of single segments, for stories in which a certain one is lost or late. */
interface Script {
  /** Nothing but what chance has in store. */
  long NOTHING = 0;

  /** It never arrives. */
  long LOST = -1;

  /**
   * {@link #LOST}, or nanoseconds that it is held back beside its delay, while others pass.
   *
   * @param side from which side it is sent
   */
  long fate(Sender side, Segment segment);
}
