package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Captures in files: pcap and pcapng. */
public final class CaptureFiles {
  private CaptureFiles() {}

  /**
   * Reads pcap or pcapng, also gzip-compressed, told apart by their first bytes. A file that is cut
   * off gives the frames up to the cut and a warning.
   *
   * @throws Problem if it cannot be read or is no capture
   */
  public static Capture read(Path file) {
    return read(file, FileBytes.of(file));
  }

  static Capture read(Path file, FileBytes content) {
    if (content.bytes().isEmpty() && content.warning() == null) {
      throw new Problem(
          file + " is empty", "Capture again, and stop the capture before copying it.");
    }
    return parse(content.bytes(), name(file), "file " + name(file), content.warning());
  }

  /**
   * Reads pcap or pcapng that is in memory already.
   *
   * @throws Problem if it is no capture
   */
  public static Capture parse(Bytes content, String name, String source) {
    return parse(content, name, source, null);
  }

  /**
   * Writes pcapng, with the secrets in a Decryption Secrets Block if told so, or pcap if the name
   * ends in {@code .pcap}: that has no room for secrets, comments and evidence. The file is there
   * whole or not at all.
   *
   * @throws Problem if it cannot be written
   */
  public static void write(Capture capture, Path file, boolean embedSecrets) {
    boolean pcap = name(file).toLowerCase(Locale.ROOT).endsWith(".pcap");
    if (pcap) {
      PcapWriter.check(capture, file);
    }
    if (Files.isDirectory(file)) {
      throw new Problem(file + " is a directory", "Name a file inside it.");
    }
    try {
      // A link stays a link; what is no file, such as a pipe, cannot be replaced by one.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        writeTo(capture, target, pcap, embedSecrets, StandardOpenOption.WRITE);
      } else {
        replace(capture, target, pcap, embedSecrets);
      }
    } catch (NoSuchFileException e) {
      throw new Problem(
          "there is no directory " + file.toAbsolutePath().getParent(), "Create it first.", e);
    } catch (AccessDeniedException e) {
      throw new Problem("no permission to write " + file, "Choose a directory that is yours.", e);
    } catch (IOException e) {
      throw new Problem("cannot write " + file + ": " + e.getMessage(), "Check the disk.", e);
    }
  }

  private static Capture parse(
      Bytes content, String name, String source, @Nullable String warning) {
    Capture.Builder builder = Capture.builder(name);
    FrameSink sink = new FrameSink(builder);
    if (PcapReader.recognises(content)) {
      PcapReader.read(content, sink);
    } else if (PcapngReader.recognises(content)) {
      PcapngReader.read(content, sink);
    } else {
      throw new Problem(
          name + " is no capture: it is neither pcap nor pcapng",
          "Name a file that tcpdump, dumpcap or Wireshark wrote.");
    }
    sink.finish();
    if (warning != null) {
      builder.warning(warning);
    }
    String recorded = sink.recordedSource();
    return builder.source(recorded == null ? source : source + ", recorded by " + recorded).build();
  }

  private static void replace(Capture capture, Path target, boolean pcap, boolean embedSecrets)
      throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part" + System.nanoTime());
    try {
      writeTo(capture, part, pcap, embedSecrets, StandardOpenOption.CREATE_NEW);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeTo(
      Capture capture, Path file, boolean pcap, boolean embedSecrets, StandardOpenOption how)
      throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.WRITE, how), 1 << 16)) {
      if (pcap) {
        PcapWriter.write(capture, out);
      } else {
        PcapngWriter.write(capture, embedSecrets, out);
      }
    }
  }

  private static String name(Path file) {
    Path last = file.getFileName();
    return last == null ? file.toString() : last.toString();
  }
}
