package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Keeps what a capture program writes, and tells when a token has come by. A thread of its own
 * reads, so that the program never waits for us.
 */
final class WirePipe {
  private static final int LIMIT = (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4);

  private final Thread thread;
  private byte[] kept = new byte[1 << 18];
  private int length;
  private boolean full;
  private boolean ended;
  private byte[] awaited = new byte[0];
  private boolean seen;

  WirePipe(InputStream in, String name) {
    thread = new Thread(() -> read(in), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on, and in what came already, looks for this token. */
  synchronized void expect(byte[] token) {
    awaited = token.clone();
    seen = WireMarker.indexOf(kept, length, awaited) >= 0;
  }

  /** Waits until the token came by; false if it did not in time, or the pipe ended before. */
  synchronized boolean await(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (!seen && !ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return seen;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Whether it had to throw something away. */
  synchronized boolean isFull() {
    return full;
  }

  /** Waits for the end of the pipe, at most so long. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }

  synchronized Bytes content() {
    return Bytes.wrap(Arrays.copyOf(kept, length));
  }

  private void read(InputStream in) {
    byte[] chunk = new byte[1 << 16];
    try (in) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        add(chunk, n);
      }
    } catch (IOException e) {
      // The program was stopped: what came before stays.
    } finally {
      end();
    }
  }

  private synchronized void add(byte[] chunk, int n) {
    if (!seen) {
      look(chunk, n);
    }
    full |= n > LIMIT - length;
    if (!full) {
      if (n > kept.length - length) {
        kept = Arrays.copyOf(kept, Math.min(LIMIT, Math.max(kept.length * 2, length + n)));
      }
      System.arraycopy(chunk, 0, kept, length, n);
      length += n;
    }
    if (seen) {
      notifyAll();
    }
  }

  /** Also across the border of two chunks. */
  private void look(byte[] chunk, int n) {
    if (awaited.length == 0) {
      return;
    }
    int before = Math.min(length, awaited.length - 1);
    int after = Math.min(n, awaited.length - 1);
    byte[] border = new byte[before + after];
    System.arraycopy(kept, length - before, border, 0, before);
    System.arraycopy(chunk, 0, border, before, after);
    seen =
        WireMarker.indexOf(border, border.length, awaited) >= 0
            || WireMarker.indexOf(chunk, n, awaited) >= 0;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
