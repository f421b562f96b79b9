package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The keys of logs for certificate transparency, each under its SHA-256 (RFC 6962 §3.2). None come
 * with this program: logs change every year, and an old list would say nothing.
 */
public final class CtLogs {
  /** No log is known. */
  public static final CtLogs NONE = new CtLogs(Map.of());

  private static final int MAX_BYTES = 16 << 20;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{80,8000}={0,2}");

  private final Map<Bytes, Bytes> keys;

  private CtLogs(Map<Bytes, Bytes> keys) {
    this.keys = keys;
  }

  /**
   * The keys in a file: the JSON list that browsers use ({@code log_list.json}), the list of
   * OpenSSL ({@code ct_log_list.cnf}), or public keys in PEM. Whatever is base64 and is a key is
   * taken.
   *
   * @throws Problem if the file cannot be read or holds no key
   */
  public static CtLogs read(Path file) {
    String text;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Problem(file + " is too large for a list of logs", "Is it the right one?");
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new Problem(file + " cannot be read", "Check the name and the directory.", e);
    }
    Map<Bytes, Bytes> keys = new LinkedHashMap<>();
    Matcher found = KEY.matcher(text.replace("\\/", "/").replaceAll("(?<=[A-Za-z0-9+/])\r?\n", ""));
    while (found.find()) {
      add(found.group(), keys);
    }
    if (keys.isEmpty()) {
      throw new Problem(
          file + " holds no key of a log",
          "Give log_list.json, OpenSSL's ct_log_list.cnf, or public keys in PEM.");
    }
    return new CtLogs(Map.copyOf(keys));
  }

  private static void add(String base64, Map<Bytes, Bytes> keys) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      if (der.length > 2 && der[0] == 0x30) {
        byte[] key = SubjectPublicKeyInfo.getInstance(der).getEncoded();
        keys.put(Bytes.wrap(Hash.SHA256.digest(key)), Bytes.wrap(key));
      }
    } catch (IOException | RuntimeException e) {
      // Something else in base64.
    }
  }

  /** The key with that SHA-256, in DER; empty if it is not known. */
  Bytes key(Bytes id) {
    return keys.getOrDefault(id, Bytes.EMPTY);
  }
}
