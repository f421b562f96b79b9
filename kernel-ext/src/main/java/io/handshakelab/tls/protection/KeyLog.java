package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a key log (draft-ietf-tls-keylogfile), looked up by what stands in the capture.
 *
 * <pre>
 * LABEL client_random secret
 * RSA first_8_octets_of_the_encrypted_pre_master_secret pre_master_secret
 * RSA Session-ID:session_id Master-Key:master_secret
 * </pre>
 */
public final class KeyLog {
  private static final Pattern LINE =
      Pattern.compile("([A-Z][A-Z0-9_]*)\\s+([0-9A-Fa-f]+)\\s+([0-9A-Fa-f]+)");
  private static final Pattern SESSION =
      Pattern.compile("RSA Session-ID:([0-9A-Fa-f]*)\\s+Master-Key:([0-9A-Fa-f]+)");

  private final Map<Name, Bytes> secrets = new HashMap<>();
  private final int lines;
  private int unread;
  private boolean matched;

  private record Name(String label, Bytes key) {}

  private KeyLog(int lines) {
    this.lines = lines;
  }

  public static KeyLog of(List<String> lines) {
    KeyLog log = new KeyLog(lines.size());
    lines.forEach(log::add);
    return log;
  }

  /** How many lines it has, readable or not. */
  public int lines() {
    return lines;
  }

  /** How many of them have none of the known forms. */
  public int unreadLines() {
    return unread;
  }

  public boolean isEmpty() {
    return lines == 0;
  }

  /** Whether any line was ever looked up with success. */
  public boolean hasMatched() {
    return matched;
  }

  /** The secret of this label for the connection with this client random, or null. */
  public @Nullable Bytes secret(String label, Bytes clientRandom) {
    return find(new Name(label, clientRandom));
  }

  /** The master secret of the session with this name, or null. */
  public @Nullable Bytes masterSecretOfSession(Bytes sessionId) {
    return sessionId.isEmpty() ? null : find(new Name("Session-ID", sessionId));
  }

  /** The pre-master secret that was encrypted so, or null. */
  public @Nullable Bytes preMasterSecret(Bytes encrypted) {
    return encrypted.length() < 8 ? null : find(new Name("RSA", encrypted.slice(0, 8)));
  }

  private @Nullable Bytes find(Name name) {
    Bytes secret = secrets.get(name);
    matched |= secret != null;
    return secret;
  }

  private void add(String line) {
    Matcher session = SESSION.matcher(line);
    Matcher plain = LINE.matcher(line);
    if (session.matches()) {
      put("Session-ID", session.group(1), session.group(2));
    } else if (plain.matches()) {
      put(plain.group(1), plain.group(2), plain.group(3));
    } else {
      unread++;
    }
  }

  private void put(String label, String key, String secret) {
    if (key.length() % 2 != 0 || secret.length() % 2 != 0) {
      unread++;
      return;
    }
    secrets.put(new Name(label, hex(key)), hex(secret));
  }

  private static Bytes hex(String digits) {
    return Bytes.fromHex(digits.toLowerCase(Locale.ROOT));
  }
}
