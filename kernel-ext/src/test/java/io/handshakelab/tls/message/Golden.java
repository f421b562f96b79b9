package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that were really exchanged, and what they must be read as. */
record Golden(String type, MessageContext context, Bytes message, String summary) {

  static List<Golden> all() {
    try (InputStream in = Golden.class.getResourceAsStream("golden.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(Golden::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Golden of(String[] columns) {
    int suite = Integer.decode(columns[2]);
    @Nullable CipherSuite known = suite == 0 ? null : new CipherSuite(suite);
    return new Golden(
        columns[0],
        new MessageContext(new ProtocolVersion(Integer.decode(columns[1])), known),
        Bytes.fromHex(columns[3]),
        columns[4]);
  }

  @Override
  public String toString() {
    return type + " " + context.version() + " " + message.length() + " bytes";
  }
}
