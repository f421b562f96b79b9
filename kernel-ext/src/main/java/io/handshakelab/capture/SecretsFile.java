package io.handshakelab.capture;

import io.handshakelab.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A file with secrets, told by its content: a key log, or private keys in PEM. */
public final class SecretsFile {
  private SecretsFile() {}

  /**
   * What the file holds.
   *
   * @param name for messages
   * @throws Problem if it is a private key that is encrypted or broken
   */
  public static Secrets parse(byte[] content, String name) {
    String text = text(content);
    return PrivateKeyPem.recognises(text)
        ? Secrets.ofServerKeys(PrivateKeyPem.read(text, name)).plus(keyLogBeside(text))
        : Secrets.ofKeyLog(text);
  }

  /**
   * A key log is ASCII, and ISO 8859-1 keeps any other octet from failing; but what a PowerShell
   * writes with {@code >} is UTF-16.
   */
  private static String text(byte[] content) {
    int first = content.length < 2 ? 0 : (content[0] & 0xff) << 8 | (content[1] & 0xff);
    Charset charset =
        first == 0xfffe
            ? StandardCharsets.UTF_16LE
            : first == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
    return new String(content, charset);
  }

  /** Lines of a key log in the same file: all that is not between the lines of PEM. */
  private static Secrets keyLogBeside(String text) {
    StringBuilder rest = new StringBuilder();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      boolean begins = line.contains("-----BEGIN ");
      boolean ends = line.contains("-----END ");
      if (!inside && !begins && looksLikeKeyLog(line)) {
        rest.append(line).append('\n');
      }
      inside = (inside || begins) && !ends;
    }
    return Secrets.ofKeyLog(rest.toString());
  }

  /** OpenSSL puts words such as {@code Bag Attributes} beside keys. */
  private static boolean looksLikeKeyLog(String line) {
    int space = line.indexOf(' ');
    return space > 2 && line.substring(0, space).chars().allMatch(SecretsFile::isOfLabel);
  }

  private static boolean isOfLabel(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
