package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * Something is wrong, or is over.
 *
 * <pre>
 * struct {
 *     AlertLevel level;                        // 1: warning, 2: fatal
 *     AlertDescription description;            // 1 octet
 * } Alert;                                     // RFC 8446 §6
 * </pre>
 */
public record Alert(int level, int description) implements Message {

  static Alert parse(FieldReader in) throws Malformed {
    Alert alert =
        new Alert(
            in.u8("level", Registry.ALERT_LEVEL, "how bad it is"),
            in.u8("description", Registry.ALERT_DESCRIPTION, "what it is"));
    in.end();
    return alert;
  }

  @Override
  public String summary() {
    return Registry.ALERT_DESCRIPTION.describe(description)
        + " ("
        + Registry.ALERT_LEVEL.describe(level)
        + ")";
  }
}
