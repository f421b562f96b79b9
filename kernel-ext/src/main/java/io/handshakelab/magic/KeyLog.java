package io.handshakelab.magic;

import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.SecretsFile;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the files given by {@code --keylog}. */
final class KeyLog {
  private static final long MOST = 256L << 20;

  private KeyLog() {}

  /** All of them together, whether key logs or private keys. */
  static Secrets read(List<Path> files) {
    Secrets all = Secrets.NONE;
    for (Path file : files) {
      all = all.plus(read(file));
    }
    return all;
  }

  private static Secrets read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new Problem("the key log " + file + " is a directory", "give the path of the file");
      }
      if (Files.size(file) > MOST) {
        throw new Problem(
            "the key log " + file + " is larger than 256 MiB", "is it really a key log?");
      }
      return SecretsFile.parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new Problem(
          "there is no key log " + file,
          "browsers and curl write one when SSLKEYLOGFILE is set; openssl s_client with -keylogfile",
          e);
    } catch (IOException e) {
      throw new Problem("the key log " + file + " cannot be read", "check its permissions", e);
    }
  }
}
