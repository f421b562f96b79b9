package io.handshakelab.table;

import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.tls.TlsRows;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A thread that reads TLS messages a little ahead of the one that takes them. */
final class TlsReadAhead extends Thread implements AutoCloseable, TlsRows.Taker {
  /** So few that little memory is taken, so many that handing over costs nothing. */
  private static final int BATCH = 512;

  private static final int AHEAD = 8;

  private final TcpAnalysis tcp;
  private final BlockingQueue<TlsMessage[]> ready = new ArrayBlockingQueue<>(AHEAD);
  private TlsMessage[] batch = new TlsMessage[BATCH];
  private int count;

  // Both are written before the last, empty batch is handed over.
  private List<String> warnings = List.of();
  private @Nullable Throwable failure;

  TlsReadAhead(TcpAnalysis tcp) {
    super("tls-read-ahead");
    this.tcp = tcp;
    setDaemon(true);
    start();
  }

  /** The next messages, in the order of the capture; empty at the end. */
  TlsMessage[] next() {
    TlsMessage[] some;
    try {
      some = ready.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (some.length == 0 && failure instanceof Error error) {
      throw error;
    }
    if (some.length == 0 && failure instanceof RuntimeException exception) {
      throw exception;
    }
    return some;
  }

  /** Known at the end. */
  List<String> warnings() {
    return warnings;
  }

  /** Ends the thread, if it still reads. */
  @Override
  public void close() {
    interrupt();
  }

  @Override
  public void run() {
    try {
      warnings = TlsRows.tell(tcp, this);
    } catch (CancellationException e) {
      return; // nobody takes any more, so that handing over would wait for ever
      // Whatever it is, the other thread has to know, or it would wait for ever.
    } catch (Throwable thrown) {
      failure = thrown;
    }
    try {
      handOver();
      ready.put(new TlsMessage[0]);
    } catch (CancellationException | InterruptedException e) {
      // Nobody takes any more.
    }
  }

  @Override
  public void take(TlsMessage message) {
    batch[count++] = message;
    if (count == BATCH) {
      handOver();
      batch = new TlsMessage[BATCH];
    }
  }

  private void handOver() {
    if (count == 0) {
      return;
    }
    try {
      ready.put(count == BATCH ? batch : Arrays.copyOf(batch, count));
    } catch (InterruptedException e) {
      throw new CancellationException("nobody takes any more");
    }
    count = 0;
  }
}
