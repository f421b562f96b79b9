package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.PagedFile;
import io.handshakelab.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file: small ones read, large ones page by page, compressed ones (RFC 1952)
 * unpacked.
 *
 * @param warning what could not be read, or null
 */
record FileBytes(Bytes bytes, @Nullable String warning) {
  /** As much as an offset can count. */
  static final long LIMIT = Integer.MAX_VALUE;

  /** Up to here a file is read at once, so that nobody can pull it away from under us. */
  private static final int READ_UP_TO = 64 << 20;

  private static final int PAGE_BITS = 20;
  private static final int PIECE = 1 << 18;

  private static final Bytes GZIP_MAGIC = Bytes.fromHex("1f8b08");

  static FileBytes of(Path file) {
    return of(file, READ_UP_TO, PAGE_BITS);
  }

  static FileBytes of(Path file, int readUpTo, int pageBits) {
    if (Files.isDirectory(file)) {
      throw new Problem(
          file + " is a directory", "Name a capture file (pcap or pcapng) inside it.");
    }
    try {
      Bytes plain = load(file, readUpTo, pageBits);
      return plain.startsWith(GZIP_MAGIC)
          ? unpacked(file, readUpTo, pageBits)
          : new FileBytes(plain, null);
    } catch (NoSuchFileException e) {
      throw new Problem(
          "there is no file " + file,
          "Check the name; relative names count from " + Path.of("").toAbsolutePath() + ".",
          e);
    } catch (AccessDeniedException e) {
      throw new Problem(
          "no permission to read " + file, "Change its permissions (chmod), or copy it.", e);
    } catch (IOException e) {
      throw new Problem(
          "cannot read " + file + ": " + e.getMessage(), "Check the file and the disk.", e);
    }
  }

  private static Bytes load(Path file, int readUpTo, int pageBits) throws IOException {
    if (!Files.isRegularFile(file) && Files.exists(file)) {
      throw new Problem(file + " is not a regular file", "Save the capture to a file first.");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean keepOpen = false;
    try {
      if (channel.size() > LIMIT) {
        throw tooLarge(file);
      }
      keepOpen = channel.size() > readUpTo;
      return keepOpen
          ? Bytes.ofFile(new PagedFile(channel, (int) channel.size(), pageBits))
          : whole(channel);
    } finally {
      if (!keepOpen) {
        channel.close();
      }
    }
  }

  /** In pieces: for each read the JDK takes as much memory outside of the heap. */
  private static Bytes whole(FileChannel channel) throws IOException {
    byte[] octets = new byte[(int) channel.size()];
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    int more = 0;
    while (more >= 0 && buffer.position() < octets.length) {
      buffer.limit(Math.min(octets.length, buffer.position() + PIECE));
      more = channel.read(buffer);
    }
    return Bytes.wrap(octets).slice(0, buffer.position());
  }

  /** Unpacks to a temporary file, so that a file of zeros cannot fill the memory. */
  private static FileBytes unpacked(Path file, int readUpTo, int pageBits) throws IOException {
    Path temporary = Files.createTempFile("handshake-lab-", ".pcap");
    try {
      String warning = unpack(file, temporary);
      return new FileBytes(load(temporary, readUpTo, pageBits), warning);
    } finally {
      // What is open stays readable.
      Files.deleteIfExists(temporary);
    }
  }

  private static @Nullable String unpack(Path file, Path target) throws IOException {
    byte[] chunk = new byte[1 << 16];
    long total = 0;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = new GZIPInputStream(raw, chunk.length);
        OutputStream out = Files.newOutputStream(target)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        total += n;
        if (total > LIMIT) {
          throw tooLarge(file);
        }
        out.write(chunk, 0, n);
      }
      return null;
    } catch (EOFException e) {
      return "the compressed file is cut off";
    } catch (ZipException e) {
      return "the compressed file is damaged: " + e.getMessage();
    }
  }

  private static Problem tooLarge(Path file) {
    return new Problem(
        file + " is larger than 2 GiB",
        "Cut it first: editcap -c 1000000 " + file + " part.pcapng");
  }
}
