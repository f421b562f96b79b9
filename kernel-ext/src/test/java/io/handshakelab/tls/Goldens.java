package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages of the table that the tests of messages use. */
final class Goldens {
  private Goldens() {}

  /** The first message of this type of TLS 1.2. */
  static Bytes tls12(String type) {
    try (InputStream in = Goldens.class.getResourceAsStream("message/golden.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(type + "\t0x0303"))
          .filter(line -> !type.equals("ServerHello") || line.contains("\tTLS 1.2"))
          .map(line -> Bytes.fromHex(line.split("\t", -1)[3]))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
