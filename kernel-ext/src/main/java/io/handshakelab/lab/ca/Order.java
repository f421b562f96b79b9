package io.handshakelab.lab.ca;

import io.handshakelab.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be certified.
 *
 * @param name the common name
 * @param issuer the common name of who is to sign; null for the usual one
 * @param days how long it is to be valid; null for what is usual
 * @param names other names: host names, addresses, mail addresses, URIs
 * @param authority whether it may sign certificates
 * @param client whether it is a client's and not a server's
 */
public record Order(
    String name,
    @Nullable String issuer,
    KeyKind kind,
    @Nullable Integer days,
    List<String> names,
    boolean authority,
    boolean client) {
  /** RFC 5280 appendix A: ub-common-name. */
  private static final int LONGEST_NAME = 64;

  private static final int MOST_DAYS = 36_500;

  public Order {
    names = List.copyOf(names);
    if (name.isBlank() || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new Problem("a certificate needs a name", "such as www.lab.test");
    }
    if (name.length() > LONGEST_NAME) {
      throw new Problem(
          "a common name has at most 64 characters, this one has " + name.length(),
          "take a shorter one, and put the long one under --san");
    }
    if (days != null && (days < 1 || days > MOST_DAYS)) {
      throw new Problem(
          "a certificate cannot be valid for " + days + " days", "take 1 to " + MOST_DAYS);
    }
  }

  /** An authority that signs itself, or is signed by that one. */
  static Order authority(String name, @Nullable String issuer, KeyKind kind) {
    return new Order(name, issuer, kind, null, List.of(), true, false);
  }

  static Order server(String name, String issuer, KeyKind kind) {
    return new Order(name, issuer, kind, null, List.of(), false, false);
  }

  static Order client(String name, String issuer, KeyKind kind) {
    return new Order(name, issuer, kind, null, List.of(), false, true);
  }
}
