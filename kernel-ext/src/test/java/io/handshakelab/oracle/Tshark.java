package io.handshakelab.oracle;

import io.handshakelab.capture.Tools;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** tshark's reading of one file. */
final class Tshark {
  private final Path file;
  private final List<String> options = new ArrayList<>();

  Tshark(Path file, @Nullable Path keyLog) {
    this.file = file;
    // Otherwise a lost and repeated segment hides what comes between.
    options.addAll(List.of("-o", "tcp.reassemble_out_of_order:TRUE"));
    if (keyLog != null) {
      options.addAll(List.of("-o", "tls.keylog_file:" + keyLog));
    }
  }

  /** More options, such as {@code -d tcp.port==4433,tls}. */
  Tshark with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  Path file() {
    return file;
  }

  /** The frames that hold messages of TLS or HTTP, with all fields of these. */
  Map<Integer, TheirFrame> frames() throws IOException, InterruptedException {
    List<String> command = command("-Y", "tls or http or http2", "-T", "pdml");
    command.addAll(List.of("-J", "tcp tls http http2"));
    Path errors = Files.createTempFile("tshark", ".err");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the program tshark (see CONTRIBUTING.md)", e);
    }
    process.getOutputStream().close();
    Map<Integer, TheirFrame> frames = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      for (TheirFrame frame : new PdmlReader(in).read()) {
        frames.put(frame.number, frame);
      }
    } catch (XMLStreamException e) {
      throw new AssertionError(Files.readString(errors), e);
    }
    if (!process.waitFor(200, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(command + ": " + Files.readString(errors));
    }
    Files.delete(errors);
    return frames;
  }

  /** For each connection all decrypted data of both ends, in the order of the capture, as hex. */
  Map<Integer, String> decrypted(int connections) {
    List<String> command = command("-q");
    for (int connection = 0; connection < connections; connection++) {
      command.addAll(List.of("-z", "follow,tls,raw," + connection));
    }
    Map<Integer, String> all = new TreeMap<>();
    String[] parts = Tools.run(command.toArray(String[]::new)).split("=+\nFollow: tls,raw\n", -1);
    for (int i = 1; i < parts.length; i++) {
      StringBuilder data = new StringBuilder();
      int stream = -1;
      for (String line : parts[i].split("\n", -1)) {
        if (line.startsWith("Filter: ")) {
          stream = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
        } else if (line.matches("\t?[0-9a-f]+")) {
          data.append(line.strip());
        }
      }
      all.put(stream, data.toString());
    }
    return all;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return command;
  }
}
