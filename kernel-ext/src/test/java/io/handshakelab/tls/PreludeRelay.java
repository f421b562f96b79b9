package io.handshakelab.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A server that speaks in the clear first and then hands all on to a TLS server: {@code "> …"} is
 * what it says, {@code "< …"} what it waits for.
 */
final class PreludeRelay implements AutoCloseable {
  private final ServerSocket listening;
  private final List<String> script;
  private final int target;

  PreludeRelay(int port, int target, List<String> script) throws IOException {
    this.listening = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    this.script = script;
    this.target = target;
    start(this::serve);
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  private void serve() {
    try (Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.setSoTimeout(60_000);
      for (String line : script) {
        if (line.startsWith("> ")) {
          say(client.getOutputStream(), line.substring(2));
        } else {
          hear(client.getInputStream(), line.substring(2));
        }
      }
      splice(client, server);
    } catch (IOException e) {
      // The test sees that nothing came.
    }
  }

  /** Hands on what either says, until both have ended. */
  static void splice(Socket one, Socket other) throws IOException {
    Thread back = start(() -> copy(other, one));
    copy(one, other);
    try {
      back.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One end was faster.
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void hear(InputStream in, String words) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (!heard.toString(StandardCharsets.ISO_8859_1).contains(words)) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("no " + words + " in " + heard);
      }
      heard.write(octet);
    }
  }

  static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
