package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The application behind one end, and what it has not been told yet. It is told after all of a
 * segment was processed, so that it may do with its socket whatever it likes.
 */
final class User {
  private final Tcb tcb;
  private TcpHandler handler = new TcpHandler() {};
  private boolean reading = true;
  private boolean closed;
  private boolean busy;
  private boolean connectedIsNews;
  private boolean drainIsNews;
  private boolean toldPeerClosed;
  private boolean toldEnd;
  private @Nullable String failure;

  User(Tcb tcb) {
    this.tcb = tcb;
  }

  void is(TcpHandler application) {
    handler = application;
  }

  void reads(boolean whetherItDoes) {
    reading = whetherItDoes;
  }

  void close() {
    closed = true;
  }

  boolean hasClosed() {
    return closed;
  }

  /** Whether it is being told something: what it writes meanwhile is sent when it is done. */
  boolean isBusy() {
    return busy;
  }

  void connected() {
    connectedIsNews = true;
  }

  void waitsForDrain() {
    drainIsNews = true;
  }

  void failed(String why) {
    failure = why;
  }

  /** Tells everything; false if that is going on already. */
  boolean tell() {
    if (busy) {
      return false;
    }
    busy = true;
    try {
      Listener listener = tcb.listener();
      if (listener == null || listener.isAccepted(tcb)) {
        tellAll();
      }
    } finally {
      busy = false;
    }
    return true;
  }

  private void tellAll() {
    if (connectedIsNews) {
      connectedIsNews = false;
      handler.connected(tcb);
    }
    Bytes octets;
    while (reading && !tcb.isGone() && (octets = tcb.in().take()) != null) {
      handler.data(tcb, octets);
    }
    if (failure != null) {
      tellEnd(failure);
      return;
    }
    if (drainIsNews && tcb.out().unacknowledged() == 0) {
      drainIsNews = false;
      handler.drained(tcb);
    }
    boolean allRead = tcb.in().isFinished() && tcb.in().ready() == 0;
    if (allRead && !toldPeerClosed) {
      toldPeerClosed = true;
      handler.peerClosed(tcb);
    }
    if (allRead && tcb.out().isFinAcknowledged()) {
      tellEnd(null);
    }
  }

  private void tellEnd(@Nullable String why) {
    if (toldEnd) {
      return;
    }
    toldEnd = true;
    if (why == null) {
      handler.closed(tcb);
    } else {
      handler.failed(tcb, why);
    }
  }
}
