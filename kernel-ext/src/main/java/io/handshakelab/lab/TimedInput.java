package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/**
 * A socket's input whose reads all end by a deadline, which can be set anew for each step. It
 * remembers how the stream began, so that a server that speaks another protocol can be told.
 * Closing it does nothing: the connection is closed by its owner.
 */
final class TimedInput extends InputStream {
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Socket socket;
  private final InputStream in;
  private final byte[] first = new byte[16];
  private int count;
  private boolean ended;
  private Deadline deadline;

  TimedInput(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  void until(Deadline next) {
    this.deadline = next;
  }

  /** Whether the other side has ended its stream. */
  boolean ended() {
    return ended;
  }

  /** At most the first 16 bytes that came, those among them that nobody has read yet. */
  Bytes first() {
    try {
      if (count > 0 && count < first.length) {
        deadline = Deadline.in(GLANCE);
        readNBytes(first.length - count);
      }
    } catch (IOException e) {
      // Then these were all.
    }
    return Bytes.wrap(Arrays.copyOf(first, count));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    socket.setSoTimeout(deadline.millis());
    int read = in.read(buffer, offset, length);
    ended |= read < 0;
    int kept = Math.min(read, first.length - count);
    if (kept > 0) {
      System.arraycopy(buffer, offset, first, count, kept);
      count += kept;
    }
    return read;
  }
}
