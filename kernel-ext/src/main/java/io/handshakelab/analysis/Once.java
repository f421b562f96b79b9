package io.handshakelab.analysis;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made when somebody first asks for it. Whoever asks while another thread makes it waits
 * for that one, and can be interrupted; if the making fails, the next who asks tries again.
 */
final class Once<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  /**
   * Makes it if need be.
   *
   * @throws CancellationException if the thread was interrupted while it waited; it stays so
   */
  T get() {
    T known = made;
    if (known != null) {
      return known;
    }
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    try {
      known = made;
      if (known == null) {
        known = maker.get();
        made = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
