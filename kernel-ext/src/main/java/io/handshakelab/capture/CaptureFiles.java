package io.handshakelab.capture;

import java.nio.file.Path;

/** Captures in files: pcap and pcapng. A stub. */
public final class CaptureFiles {
  private CaptureFiles() {}

  /**
   * Reads pcap or pcapng, also gzip-compressed, told apart by their first bytes. A file that is cut
   * off gives the frames up to the cut and a warning.
   *
   * @throws io.handshakelab.problem.Problem if it cannot be read or is no capture
   */
  public static Capture read(Path file) {
    throw new UnsupportedOperationException("to be written");
  }

  /**
   * Writes pcapng, with the secrets in a Decryption Secrets Block unless told otherwise, or pcap.
   */
  public static void write(Capture capture, Path file, boolean embedSecrets) {
    throw new UnsupportedOperationException("to be written");
  }
}
