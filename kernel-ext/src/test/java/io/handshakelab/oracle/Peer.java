package io.handshakelab.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that talks: its input, and what it has printed so far. */
final class Peer implements AutoCloseable {
  private static final long DEADLINE_MILLIS = 60_000;

  private final List<String> command;
  private final Process process;
  private final OutputStream in;
  private final StringBuilder out = new StringBuilder();

  private Peer(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.in = process.getOutputStream();
    Thread reader = new Thread(this::read, "output of " + command.get(0));
    reader.setDaemon(true);
    reader.start();
  }

  static Peer start(List<String> command) {
    return start(new ProcessBuilder(command));
  }

  static Peer start(ProcessBuilder builder) {
    try {
      // The settings of this machine, such as a least version, are not to matter.
      builder.environment().put("OPENSSL_CONF", "/dev/null");
      return new Peer(builder.command(), builder.redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs the program " + builder.command().get(0) + " (see CONTRIBUTING.md)", e);
    }
  }

  /** Writes this; a peer that has gone is no error. */
  void say(String text) {
    try {
      in.write(text.getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException gone) {
      // The output tells why.
    }
  }

  /** Waits until these words have been printed behind {@code from}; gives the place behind them. */
  int await(String words, int from) throws InterruptedException {
    long deadline = System.nanoTime() / 1_000_000 + DEADLINE_MILLIS;
    synchronized (out) {
      int at = out.indexOf(words, from);
      while (at < 0) {
        long left = deadline - System.nanoTime() / 1_000_000;
        if (left <= 0 || ended) {
          throw new AssertionError(command + " did not print \"" + words + "\": " + tail());
        }
        out.wait(left);
        at = out.indexOf(words, from);
      }
      return at + words.length();
    }
  }

  private String tail() {
    synchronized (out) {
      return out.substring(Math.max(0, out.length() - 1000));
    }
  }

  int await(String words) throws InterruptedException {
    return await(words, 0);
  }

  /** Closes its input and waits for its end; gives all it has printed. */
  String finish() throws InterruptedException {
    endInput();
    if (!process.waitFor(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
      close();
      throw new AssertionError(command + " does not end: " + tail());
    }
    synchronized (out) {
      while (!ended) {
        out.wait(1000);
      }
      return out.toString();
    }
  }

  void endInput() {
    try {
      in.close();
    } catch (IOException gone) {
      // It has ended before.
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended;

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream from = process.getInputStream()) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        synchronized (out) {
          out.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
          out.notifyAll();
        }
      }
    } catch (IOException ended) {
      // Destroyed.
    }
    synchronized (out) {
      ended = true;
      out.notifyAll();
    }
  }
}
