package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a key log (draft-ietf-tls-keylogfile), looked up by what stands in the capture, with
 * the private keys of servers beside them.
 *
 * <pre>
 * LABEL client_random secret
 * RSA first_8_octets_of_the_encrypted_pre_master_secret pre_master_secret
 * RSA Session-ID:session_id Master-Key:master_secret
 * </pre>
 */
public final class KeyLog {
  private static final String SESSION = "Session-ID:";
  private static final String MASTER = "Master-Key:";
  private static final Set<String> LABELS =
      Set.of(
          "RSA",
          "CLIENT_RANDOM",
          "PMS_CLIENT_RANDOM",
          "CLIENT_EARLY_TRAFFIC_SECRET",
          "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
          "SERVER_HANDSHAKE_TRAFFIC_SECRET",
          "EARLY_EXPORTER_SECRET",
          "EARLY_EXPORTER_MASTER_SECRET",
          "EXPORTER_SECRET",
          "ECH_SECRET",
          "ECH_CONFIG");

  private final Map<Name, Bytes> secrets = new HashMap<>();
  private final ServerKeys serverKeys;
  private final int lines;
  private final Set<String> unknownLabels = new TreeSet<>();
  private int linesWithUnknownLabels;
  private int unread;
  private boolean matched;
  private int mostUpdates;

  private record Name(String label, Bytes key) {}

  private KeyLog(int lines, ServerKeys serverKeys) {
    this.lines = lines;
    this.serverKeys = serverKeys;
  }

  public static KeyLog of(Secrets secrets) {
    KeyLog log = new KeyLog(secrets.lines().size(), new ServerKeys(secrets.serverKeys()));
    for (String line : secrets.lines()) {
      log.add(line);
    }
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

  /** How many have a known form with a label that means nothing here. */
  public int linesWithUnknownLabels() {
    return linesWithUnknownLabels;
  }

  public boolean isEmpty() {
    return lines == 0 && serverKeys.isEmpty();
  }

  /** Whether any line was ever looked up with success. */
  public boolean hasMatched() {
    return matched;
  }

  /** The highest number of a traffic secret: 0 if the log has none made by a KeyUpdate. */
  public int mostUpdates() {
    return mostUpdates;
  }

  /** Private keys of servers. */
  public ServerKeys serverKeys() {
    return serverKeys;
  }

  /** The secret of this label for the connection with this client random, or null. */
  public @Nullable Bytes secret(String label, Bytes clientRandom) {
    return lines == 0 ? null : find(new Name(label, clientRandom));
  }

  /** The master secret of the session with this name, or null. */
  public @Nullable Bytes masterSecretOfSession(Bytes sessionId) {
    return sessionId.isEmpty() ? null : find(new Name(SESSION, sessionId));
  }

  /** The pre-master secret that was encrypted so, or null. */
  public @Nullable Bytes preMasterSecret(Bytes encrypted) {
    return encrypted.length() < 8 ? null : find(new Name("RSA", encrypted.slice(0, 8)));
  }

  /** What a person should know about the secrets, after all connections have been read. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>();
    if (unread > 0) {
      all.add(
          unread
              + (unread == 1 ? " line of the key log has" : " lines of the key log have")
              + " no form that is known");
    }
    if (linesWithUnknownLabels > 0) {
      all.add(
          linesWithUnknownLabels
              + (linesWithUnknownLabels == 1
                  ? " line of the key log has a label"
                  : " lines of the key log have labels")
              + " without a meaning here: "
              + String.join(", ", unknownLabels));
    }
    if (lines > 0 && !matched) {
      all.add(
          "no line of the key log matches any connection in this capture ("
              + lines
              + (lines == 1 ? " line)" : " lines)"));
    }
    all.addAll(serverKeys.warnings());
    return all;
  }

  private @Nullable Bytes find(Name name) {
    Bytes secret = secrets.get(name);
    matched |= secret != null;
    return secret;
  }

  private void add(String line) {
    int first = endOfWord(line, 0);
    int second = startOfWord(line, first);
    int secondEnd = endOfWord(line, second);
    int third = startOfWord(line, secondEnd);
    int thirdEnd = endOfWord(line, third);
    String label = line.substring(0, first);
    if (third == thirdEnd || startOfWord(line, thirdEnd) < line.length() || !isLabel(label)) {
      unread++;
      return;
    }
    String key = line.substring(second, secondEnd);
    String secret = line.substring(third, thirdEnd);
    if (label.equals("RSA") && key.startsWith(SESSION) && secret.startsWith(MASTER)) {
      put(SESSION, key.substring(SESSION.length()), secret.substring(MASTER.length()));
    } else {
      put(label, key, secret);
    }
  }

  private void put(String label, String key, String secret) {
    if (!isHex(key) || !isHex(secret) || secret.isEmpty()) {
      unread++;
    } else if (isKnown(label)) {
      secrets.put(new Name(label, hex(key)), hex(secret));
      mostUpdates = Math.max(mostUpdates, updates(label));
    } else {
      linesWithUnknownLabels++;
      if (unknownLabels.size() < 10) {
        unknownLabels.add(label.substring(0, Math.min(40, label.length())));
      }
    }
  }

  /** With TLS 1.3 there is one for every KeyUpdate: {@code CLIENT_TRAFFIC_SECRET_1} and so on. */
  private static boolean isKnown(String label) {
    return label.startsWith("CLIENT_TRAFFIC_SECRET_")
        || label.startsWith("SERVER_TRAFFIC_SECRET_")
        || label.equals(SESSION)
        || LABELS.contains(label);
  }

  /** The number at the end of such a label, as far as anybody counts. */
  private static int updates(String label) {
    String traffic = "_TRAFFIC_SECRET_";
    int at = label.indexOf(traffic) + traffic.length();
    if (at < traffic.length() || label.length() > at + 3) {
      return 0;
    }
    int number = 0;
    for (int i = at; i < label.length(); i++) {
      number = 10 * number + Math.max(0, Character.digit(label.charAt(i), 10));
    }
    return number;
  }

  private static boolean isLabel(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9' && i > 0) && c != '_') {
        return false;
      }
    }
    return !word.isEmpty();
  }

  private static boolean isHex(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), 16) < 0 || digits.charAt(i) > 'f') {
        return false;
      }
    }
    return digits.length() % 2 == 0;
  }

  private static Bytes hex(String digits) {
    return Bytes.fromHex(digits);
  }

  private static int endOfWord(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) > ' ') {
      at++;
    }
    return at;
  }

  private static int startOfWord(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }
}
