package io.handshakelab.lab;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A conversation that is decided on after its port was opened: who comes before that waits. */
final class HttpFront implements WebService.Conversation {
  private static final long PATIENCE_SECONDS = 10;

  private final CompletableFuture<WebService.Conversation> real = new CompletableFuture<>();

  void open(WebService.Conversation conversation) {
    real.complete(conversation);
  }

  @Override
  public void hold(Socket socket) throws IOException {
    try {
      real.get(PATIENCE_SECONDS, TimeUnit.SECONDS).hold(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the lab did not start", e);
    }
  }
}
