package io.handshakelab.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Sends what was written when the next thing is awaited, so that the messages of one flight (RFC
 * 5246 §7.3) travel together, as they do from a browser. Closing either side does nothing: the
 * connection is ended by its owner.
 */
final class Flights {
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final InputStream in;
  private final OutputStream out;

  Flights(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Sends what waits. */
  void send() throws IOException {
    if (waiting.size() > 0) {
      byte[] flight = waiting.toByteArray();
      waiting.reset();
      out.write(flight);
    }
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int octet) {
        waiting.write(octet);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) {
        waiting.write(buffer, offset, length);
      }
    };
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        send();
        return in.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        send();
        return in.read(buffer, offset, length);
      }
    };
  }
}
