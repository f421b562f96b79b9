package io.handshakelab.tls;

import io.handshakelab.capture.FreePorts;
import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.Tcpdump;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Conversations between {@code openssl s_client} and {@code openssl s_server} on loopback, recorded
 * by tcpdump into one file, with the key log of all of them.
 */
final class OpensslTalks implements AutoCloseable {
  private static final String REQUEST = "GET / HTTP/1.0\r\n\r\n";

  /** Has the client of openssl close the connection. */
  private static final String QUIT = "Q\n";

  private final Path directory;
  private final Deque<Integer> freePorts = new ArrayDeque<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Tcpdump tcpdump;

  OpensslTalks(Path directory, int talks) throws Exception {
    this.directory = directory;
    for (int i = 0; i < talks; i++) {
      freePorts.add(FreePorts.take());
    }
    certificate("rsa", "-newkey", "rsa:2048");
    certificate("ec", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    String filter =
        freePorts.stream().map(port -> "tcp port " + port).collect(Collectors.joining(" or "));
    this.tcpdump = Tcpdump.start(capture(), filter);
  }

  Path capture() {
    return directory.resolve("talks.pcap");
  }

  Path keyLog() {
    return directory.resolve("keys.txt");
  }

  List<Integer> ports() {
    return List.copyOf(ports);
  }

  /** A server for any number of clients, until it is closed. */
  Server server(String... arguments) throws Exception {
    return new Server(arguments);
  }

  /**
   * One server and one client, who sends these lines; a letter is a command and is obeyed first.
   */
  void talk(List<String> server, List<String> client, String... lines) throws Exception {
    try (Server listening = server(server.toArray(String[]::new))) {
      listening.client(client, lines);
    }
  }

  void talk(List<String> server, List<String> client) throws Exception {
    talk(server, client, REQUEST);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Waits until tcpdump has written what it has seen. */
  @Override
  public void close() throws IOException {
    try {
      tcpdump.settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tcpdump.close();
    }
  }

  /** A port that is recorded, for a server that is not of openssl. */
  int freePort() {
    int port = freePorts.remove();
    ports.add(port);
    return port;
  }

  final class Server implements AutoCloseable {
    private final int port = freePorts.remove();
    private final Process process;

    private Server(String... arguments) throws Exception {
      ports.add(port);
      List<String> command = new ArrayList<>(List.of("openssl", "s_server"));
      command.addAll(List.of("-accept", "127.0.0.1:" + port, "-keylogfile", keyLog().toString()));
      List<String> extra = List.of(arguments);
      if (!extra.contains("-nocert") && !extra.contains("-cert")) {
        command.addAll(List.of("-key", file("rsa.key").toString()));
        command.addAll(List.of("-cert", file("rsa.crt").toString()));
      }
      if (!extra.contains("-early_data")) {
        command.add("-www");
      }
      command.addAll(extra);
      process = start(command.toArray(String[]::new));
      waitFor(process, "ACCEPT");
    }

    int port() {
      return port;
    }

    void client(List<String> arguments, String... lines) throws Exception {
      clientAt("127.0.0.1:" + port, arguments, lines);
    }

    /** A client that goes by way of another port. */
    void clientAt(String address, List<String> arguments) throws Exception {
      clientAt(address, arguments, REQUEST);
    }

    private void clientAt(String address, List<String> arguments, String... lines)
        throws Exception {
      List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
      command.addAll(List.of("-connect", address));
      command.addAll(arguments);
      Path output = Files.createTempFile(directory, "client", ".out");
      Process client =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (OutputStream in = client.getOutputStream()) {
        boolean quits = false;
        for (String line : lines) {
          quits = line.equals(QUIT);
          if (quits) {
            awaitSession(arguments, client);
            pause(500);
          }
          write(in, line);
          // The client takes a letter for a command only if it comes alone.
          await(client, () -> Files.readString(output).contains(sign(line)));
        }
        // On a busy machine even then it may have come together with the line before it.
        for (int i = 0; quits && i < 60 && !client.waitFor(1, TimeUnit.SECONDS); i++) {
          write(in, QUIT);
        }
        // Else the server ends the connection, or refuses it.
        if (!client.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError(command + " hangs: " + Files.readString(output));
        }
      } catch (IOException e) {
        // The client may end before it has read what it was told.
        client.waitFor(60, TimeUnit.SECONDS);
      } finally {
        client.destroyForcibly();
      }
    }

    @Override
    public void close() {
      end(process);
    }
  }

  /** What the client prints when it obeys. */
  private static String sign(String line) {
    return switch (line) {
      case "K\n" -> "KEYUPDATE";
      case "R\n" -> "RENEGOTIATING";
      default -> "";
    };
  }

  /** The ticket of TLS 1.3 comes behind the handshake, and must be kept before the client quits. */
  private static void awaitSession(List<String> arguments, Process client) throws IOException {
    int option = arguments.indexOf("-sess_out");
    if (option >= 0) {
      Path session = Path.of(arguments.get(option + 1));
      await(client, () -> Files.exists(session) && Files.size(session) > 0);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process client, Condition condition) throws IOException {
    for (int i = 0; client.isAlive() && !condition.holds(); i++) {
      if (i > 6000) {
        throw new AssertionError("waited in vain for a client of openssl");
      }
      pause(10);
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void certificate(String name, String... kind) {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of(kind));
    command.addAll(List.of("-keyout", file(name + ".key").toString()));
    command.addAll(List.of("-out", file(name + ".crt").toString()));
    command.addAll(List.of("-days", "2", "-subj", "/CN=www.lab.test"));
    Tools.run(command.toArray(String[]::new));
  }

  private Process start(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the program " + command[0], e);
    }
  }

  /** Waits for a line with these words, and goes on to swallow what is printed after it. */
  private static void waitFor(Process process, String words) throws IOException {
    InputStream out = process.getInputStream();
    var lines = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(words)) {
        Thread drain = new Thread(() -> swallow(lines));
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new AssertionError("ended without \"" + words + "\": " + seen);
  }

  private static void swallow(BufferedReader lines) {
    try {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The process was ended.
    }
  }
}
