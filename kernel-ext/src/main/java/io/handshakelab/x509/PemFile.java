package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Files of certificates: PEM (RFC 7468) with any text around the blocks, or a single DER. */
public final class PemFile {
  private static final long MAX_BYTES = 64L << 20;

  private PemFile() {}

  /**
   * The certificates of a file, each in DER, in the file's order.
   *
   * @throws Problem if the file cannot be read, or holds none, or one that is cut off
   */
  public static List<Bytes> read(Path file) {
    byte[] content = content(file);
    if (content.length > 1 && content[0] == 0x30 && (content[1] & 0xff) > 0x80) {
      return List.of(Bytes.wrap(content));
    }
    List<Bytes> found = blocks(file, new String(content, StandardCharsets.ISO_8859_1));
    if (found.isEmpty()) {
      throw new Problem(
          file + " holds no certificate", "Give a PEM file with a line \"" + Pem.BEGIN + "\".");
    }
    return List.copyOf(found);
  }

  /** Whether there is at least one in it, as far as a quick look tells. */
  public static boolean mayHoldCertificates(Path file) {
    byte[] content = content(file);
    return (content.length > 1 && content[0] == 0x30 && (content[1] & 0xff) > 0x80)
        || new String(content, StandardCharsets.ISO_8859_1).contains(Pem.BEGIN);
  }

  private static List<Bytes> blocks(Path file, String text) {
    List<Bytes> found = new ArrayList<>();
    int begin = text.indexOf(Pem.BEGIN);
    while (begin >= 0) {
      int from = begin + Pem.BEGIN.length();
      int end = text.indexOf(Pem.END, from);
      String number = "certificate " + (found.size() + 1) + " of " + file;
      if (end < 0) {
        throw new Problem(
            number + " is cut off: its END line is missing", "Copy the file once more, wholly.");
      }
      try {
        String base64 = text.substring(from, end).replaceAll("\\s", "");
        found.add(Bytes.wrap(Base64.getDecoder().decode(base64)));
      } catch (IllegalArgumentException e) {
        throw new Problem(number + " is not base64", "Copy the file once more, wholly.", e);
      }
      begin = text.indexOf(Pem.BEGIN, end + Pem.END.length());
    }
    return found;
  }

  private static byte[] content(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw new Problem(
            file + " is too large for a file of certificates", "Is it the right one?");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new Problem(file + " does not exist", "Check the name and the directory.", e);
    } catch (IOException e) {
      throw new Problem(
          file + " cannot be read: " + ParsedCertificate.oneLine(e),
          "Check that it is a file and that you may read it.",
          e);
    }
  }
}
