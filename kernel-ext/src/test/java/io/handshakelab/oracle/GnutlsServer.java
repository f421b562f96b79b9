package io.handshakelab.oracle;

import io.handshakelab.capture.FreePorts;
import java.util.ArrayList;
import java.util.List;

/** {@code gnutls-serv} as an echo, with {@code gnutls-cli} to talk to it. */
final class GnutlsServer implements AutoCloseable {
  private final Recording recording;
  private final String host;
  private final int port;
  private final Peer peer;

  GnutlsServer(Recording recording, List<String> arguments) throws Exception {
    this.recording = recording;
    this.host = recording.newAddress();
    this.port = FreePorts.take();
    // It listens at all addresses; only this one is recorded.
    List<String> command = new ArrayList<>(List.of("gnutls-serv", "--echo", "--port", "" + port));
    command.addAll(arguments);
    this.peer = start(command);
    peer.await("listening on IPv4");
  }

  String decodeAs() {
    return "tcp.port==" + port + ",tls";
  }

  /** Says each of these lines when the one before has come back or, if a command, is obeyed. */
  String talk(List<String> arguments, String... lines) throws InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("gnutls-cli", "--no-ca-verification", "-p", "" + port, host));
    command.addAll(arguments);
    try (Peer client = start(command)) {
      int at = client.await("- Simple Client Mode:");
      for (String line : lines) {
        client.say(line + "\n");
        at = client.await(line.startsWith("**") ? "executed command" : line, at);
      }
      return client.finish();
    }
  }

  /** A client that is refused. */
  String fail(List<String> arguments) throws InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("gnutls-cli", "--no-ca-verification", "-p", "" + port, host));
    command.addAll(arguments);
    try (Peer client = start(command)) {
      return client.finish();
    }
  }

  private Peer start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SSLKEYLOGFILE", recording.keyLog().toString());
    builder.environment().put("GNUTLS_SYSTEM_PRIORITY_FILE", "/dev/null");
    return Peer.start(builder);
  }

  @Override
  public void close() {
    peer.close();
  }
}
