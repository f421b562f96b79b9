package io.handshakelab.tcp;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes numbered pieces on several threads, the caller's among them, and hands them on one at a
 * time in their order: whichever thread has made the piece whose turn it is hands it on.
 *
 * @param <P> what a piece is
 */
public final class InOrder<P> {
  /** So many pieces may wait for one that takes longer. */
  private static final int AHEAD = 16;

  private static final int MOST_THREADS = 4;

  private final int count;
  private final Makers<P> makers;
  private final Taker<P> taker;

  private final @Nullable Object[] ready = new Object[AHEAD];
  private int next;
  private int taken;
  private boolean taking;
  private @Nullable Throwable failure;

  /** Makes pieces; each thread has its own. */
  public interface Maker<P> {
    P make(int number);
  }

  public interface Makers<P> {
    Maker<P> maker();
  }

  /** Called by one thread at a time, which need not be always the same. */
  public interface Taker<P> {
    void take(P piece);
  }

  private InOrder(int count, Makers<P> makers, Taker<P> taker) {
    this.count = count;
    this.makers = makers;
    this.taker = taker;
  }

  /** As many threads as have a processor of their own; with one, there is nothing to win. */
  public static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Returns when the last of {@code count} pieces was taken; fails as makers and taker do. */
  public static <P> void run(int count, Makers<P> makers, Taker<P> taker) {
    InOrder<P> pieces = new InOrder<>(count, makers, taker);
    for (int i = 1; i < Math.min(threads(), count); i++) {
      Thread helper = new Thread(pieces::work, "rows-" + i);
      helper.setDaemon(true);
      helper.start();
    }
    pieces.work();
    pieces.finish();
  }

  private void work() {
    try {
      Maker<P> maker = makers.maker();
      for (int number = number(); number < count; number = number()) {
        hand(number, maker.make(number));
      }
      // Whatever it is, the caller has to know, and the other threads.
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  /** The number of the next piece to make, or {@code count} if there is none. */
  private synchronized int number() throws InterruptedException {
    while (failure == null && next < count && next - taken >= AHEAD) {
      wait();
    }
    return failure == null && next < count ? next++ : count;
  }

  private void hand(int number, P piece) {
    if (!put(number, piece)) {
      return;
    }
    for (P turn = turn(); turn != null; turn = turn()) {
      taker.take(turn);
      took();
    }
  }

  /** Whether it falls to this thread to hand pieces on. */
  private synchronized boolean put(int number, P piece) {
    ready[number % AHEAD] = piece;
    boolean idle = !taking;
    taking = true;
    return idle;
  }

  /** The piece whose turn it is; null if it is not made yet: then another thread will see to it. */
  @SuppressWarnings("unchecked") // only pieces are put there
  private synchronized @Nullable P turn() {
    int slot = taken % AHEAD;
    P piece = failure == null ? (P) ready[slot] : null;
    ready[slot] = null;
    taking = piece != null;
    return piece;
  }

  private synchronized void took() {
    taken++;
    notifyAll();
  }

  private synchronized void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
    notifyAll();
  }

  private synchronized void finish() {
    try {
      while (failure == null && taken < count) {
        wait();
      }
    } catch (InterruptedException e) {
      fail(e);
    }
    Throwable why = failure;
    if (why instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (why instanceof Error error) {
      throw error;
    }
    if (why instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
