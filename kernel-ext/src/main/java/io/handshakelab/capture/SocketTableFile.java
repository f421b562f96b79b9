package io.handshakelab.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** One file of the socket table, kept open and read again and again. */
final class SocketTableFile implements Closeable {
  /** A row has 150 octets. */
  private static final int MAX_OCTETS = 64 << 20;

  private final FileChannel channel;
  private final byte[] chunk = new byte[1 << 16];
  private final ByteBuffer buffer = ByteBuffer.wrap(chunk);
  private final SocketLine line = new SocketLine();

  SocketTableFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** Gives every row; the object is the same each time. */
  void read(Consumer<SocketLine> rows) throws IOException {
    buffer.clear();
    long at = 0;
    for (int n = channel.read(buffer, at); n > 0 && at < MAX_OCTETS; n = channel.read(buffer, at)) {
      at += n;
      int rest = lines(buffer.position(), rows);
      buffer.flip();
      buffer.position(rest);
      buffer.compact();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Goes through the whole lines; gives where the last, unfinished one begins. */
  private int lines(int end, Consumer<SocketLine> rows) {
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (chunk[i] == '\n') {
        if (line.parse(chunk, start, i)) {
          rows.accept(line);
        }
        start = i + 1;
      }
    }
    // A line as long as the buffer is none.
    return start == 0 && end == chunk.length ? end : start;
  }
}
