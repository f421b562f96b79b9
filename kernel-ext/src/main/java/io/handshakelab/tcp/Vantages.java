package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a capture was taken, as each of its connections sees it: a host that is the client of most
 * of them may be the server of one.
 */
final class Vantages {
  private final @Nullable Vantage recorded;

  /** The host at which it was taken, if there is one: an end of most connections. */
  private long localHigh;

  private long localLow;
  private int votes;

  private Vantages(@Nullable Vantage recorded) {
    this.recorded = recorded;
  }

  static Vantages of(Capture capture, List<Flow> flows) {
    Vantages vantages = new Vantages(capture.vantage());
    if (capture.vantage() == Vantage.CLIENT || capture.vantage() == Vantage.SERVER) {
      for (Flow flow : flows) {
        if (!flow.bothOpen()) {
          vantages.vote(flow);
        }
      }
      if (vantages.votes == 0 && !flows.isEmpty()) {
        vantages.vote(flows.get(0)); // as many on either side: the first one decides
      }
    }
    return vantages;
  }

  Vantage of(Flow flow) {
    if (recorded == null) {
      return isOneHost(flow) ? Vantage.BOTH : Vantage.MIDDLE;
    }
    if (recorded != Vantage.CLIENT && recorded != Vantage.SERVER) {
      return recorded;
    }
    boolean client = votes > 0 && isLocal(flow.clientHigh(), flow.clientLow());
    boolean server = votes > 0 && isLocal(flow.serverHigh(), flow.serverLow());
    if (client != server) {
      return client ? Vantage.CLIENT : Vantage.SERVER;
    }
    // Of two that both open, nobody can say which one is called the client.
    return flow.bothOpen() ? Vantage.MIDDLE : recorded;
  }

  /** The majority, in one pass and without counting each (Boyer and Moore, 1981). */
  private void vote(Flow flow) {
    boolean client = recorded == Vantage.CLIENT;
    long high = client ? flow.clientHigh() : flow.serverHigh();
    long low = client ? flow.clientLow() : flow.serverLow();
    if (votes == 0) {
      localHigh = high;
      localLow = low;
    }
    votes += isLocal(high, low) ? 1 : -1;
  }

  private boolean isLocal(long high, long low) {
    return high == localHigh && low == localLow;
  }

  private static boolean isOneHost(Flow flow) {
    boolean same = flow.clientHigh() == flow.serverHigh() && flow.clientLow() == flow.serverLow();
    return same || (flow.client().isLoopback() && flow.server().isLoopback());
  }
}
