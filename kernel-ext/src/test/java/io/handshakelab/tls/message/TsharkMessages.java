package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Tools;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tshark reads in messages, each the first of a connection of its own. */
final class TsharkMessages {
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("7f000001"), 443);
  private static final int RECORD = 16_384;

  private TsharkMessages() {}

  /** For each message, in order, the values of these fields; several are joined by a comma. */
  static List<String[]> fields(List<Bytes> messages, boolean fromServer, String... fields)
      throws IOException {
    Path file = Files.createTempFile("messages-", ".pcap");
    try {
      CaptureFiles.write(capture(messages, fromServer), file, false);
      List<String> command =
          new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-2", "-T", "fields"));
      command.addAll(List.of("-Y", "tls.handshake", "-E", "occurrence=a"));
      for (String field : fields) {
        command.addAll(List.of("-e", field));
      }
      List<String[]> rows = new ArrayList<>();
      for (String line : Tools.lines(command.toArray(String[]::new))) {
        rows.add(line.split("\t", -1));
      }
      if (rows.size() != messages.size()) {
        throw new AssertionError(rows.size() + " rows for " + messages.size() + " messages");
      }
      return rows;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Capture capture(List<Bytes> messages, boolean fromServer) {
    Capture.Builder capture = Capture.builder("messages");
    for (int i = 0; i < messages.size(); i++) {
      Endpoint client = new Endpoint(Bytes.fromHex("7f000001"), 20_000 + i);
      Endpoint from = fromServer ? SERVER : client;
      Endpoint to = fromServer ? client : SERVER;
      add(capture, PacketBuilder.from(from).to(to).seq(1).flags(PacketBuilder.SYN).tcp());
      Bytes stream = records(messages.get(i));
      add(capture, PacketBuilder.from(from).to(to).seq(2).ack(1).tcp(stream));
    }
    return capture.build();
  }

  private static void add(Capture.Builder capture, Bytes packet) {
    long time = capture.frameCount() * 1_000_000L;
    capture.frame(time, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }

  private static Bytes records(Bytes message) {
    List<Bytes> parts = new ArrayList<>();
    for (int at = 0; at < message.length(); at += RECORD) {
      Bytes part = message.slice(at, Math.min(message.length(), at + RECORD));
      parts.add(
          Bytes.of(
              (byte) 22, (byte) 3, (byte) 3, (byte) (part.length() >> 8), (byte) part.length()));
      parts.add(part);
    }
    return Bytes.concat(parts);
  }
}
