package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.PagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts together what is too long for the memory: in a file that is gone when nobody needs it. */
final class LongStream {
  /** Up to here a stream is put together in memory. */
  static final int IN_MEMORY = 32 << 20;

  private static final int PIECE = 1 << 20;
  private static final int PAGE_BITS = 20;

  private LongStream() {}

  static Bytes join(StreamView view) {
    if (view.length() <= IN_MEMORY) {
      return view.slice(0, view.length());
    }
    try {
      return inFile(view);
    } catch (IOException e) {
      return view.slice(0, view.length()); // no room on the disk: there may be some in memory
    }
  }

  private static Bytes inFile(StreamView view) throws IOException {
    Path file = Files.createTempFile("handshake-lab-", ".stream");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      for (int from = 0; from < view.length(); ) {
        int to = (int) Math.min(view.length(), from + (long) PIECE);
        ByteBuffer piece = ByteBuffer.wrap(view.slice(from, to).toArray());
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
        from = to;
      }
      return Bytes.ofFile(new PagedFile(channel, view.length(), PAGE_BITS));
    } finally {
      Files.delete(file); // what is open stays readable
    }
  }
}
