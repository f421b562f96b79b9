package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code openssl s_server}: with {@code -rev} it sends each line back with its letters reversed, so
 * that a client knows when its words have arrived.
 */
final class OpensslServer implements AutoCloseable {
  private static final Set<String> MODES = Set.of("-rev", "-www", "-WWW", "-plain");

  private final Recording recording;
  private final String address;
  private final Peer peer;

  /** Without a mode of its own the server is our mouthpiece. */
  private final boolean plain;

  private int heard;

  OpensslServer(Recording recording, List<String> arguments) throws InterruptedException {
    this.recording = recording;
    this.address = recording.newAddress() + ":443";
    this.plain = arguments.contains("-plain");
    List<String> command = new ArrayList<>();
    if (plain) {
      // Else what it says of its keyboard stays in a buffer.
      command.addAll(List.of("stdbuf", "-oL"));
    }
    command.addAll(List.of("openssl", "s_server", "-accept", address));
    command.addAll(List.of("-keylogfile", recording.keyLog().toString()));
    if (!arguments.contains("-nocert") && !arguments.contains("-cert")) {
      command.addAll(List.of("-key", recording.path("rsa.key")));
      command.addAll(List.of("-cert", recording.path("rsa.crt")));
    }
    arguments.stream().filter(argument -> !argument.equals("-plain")).forEach(command::add);
    if (arguments.stream().noneMatch(MODES::contains)) {
      command.add("-rev");
    }
    this.peer = Peer.start(command);
    peer.await("ACCEPT");
  }

  OpensslServer(Recording recording, String... arguments) throws InterruptedException {
    this(recording, List.of(arguments));
  }

  /** For what the server is told at its own keyboard. */
  Peer peer() {
    return peer;
  }

  /**
   * Waits until the server has heard these words, gives it these commands at its keyboard, and then
   * has it say the answer. Each command waits for the one before it: the server takes a letter for
   * a command only if it comes alone.
   */
  void obey(String words, List<String> commands, String answer) throws InterruptedException {
    heard = peer.await(words, heard);
    for (String command : commands) {
      peer.say(command + "\n");
      heard = peer.await("SSL_do_handshake -> 1", heard);
      if (!command.equalsIgnoreCase("k")) {
        // The client's part has arrived, too; a key update it answers when it says something.
        heard = peer.await("Read BLOCK", heard);
      }
    }
    peer.say(answer + "\n");
  }

  String host() {
    return address.substring(0, address.indexOf(':'));
  }

  Peer client(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", address));
    command.addAll(List.of("-quiet", "-no_ign_eof"));
    command.addAll(List.of("-keylogfile", recording.keyLog().toString()));
    command.addAll(arguments);
    return Peer.start(command);
  }

  /**
   * Says each of these lines when the one before has come back; a single letter is a command. The
   * reversed line must not begin with a letter, for a plain server would take it for a command.
   */
  String talk(List<String> arguments, String... lines) throws InterruptedException {
    try (Peer client = client(arguments)) {
      int at = 0;
      for (String line : lines) {
        client.say(line + "\n");
        if (line.length() > 1) {
          String answer = new StringBuilder(line).reverse().toString();
          if (plain) {
            heard = peer.await(line, heard);
            peer.say(answer + "\n");
          }
          at = client.await(answer, at);
        } else {
          at = client.await(line.equals("R") ? "RENEGOTIATING" : "KEYUPDATE", at);
        }
      }
      return client.finish();
    }
  }

  /** A client that is refused, or ends by itself. */
  String fail(List<String> arguments) throws InterruptedException {
    try (Peer client = client(arguments)) {
      return client.finish();
    }
  }

  Recording recording() {
    return recording;
  }

  @Override
  public void close() {
    peer.close();
  }
}
