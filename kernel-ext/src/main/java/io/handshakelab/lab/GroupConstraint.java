package io.handshakelab.lab;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a TLS endpoint of the JDK to one named group (RFC 8446 §4.2.7). Before version 20 the JDK
 * has no other way for a single socket: its system property concerns the whole process. It asks its
 * constraints about each group by name before it uses it.
 */
final class GroupConstraint implements AlgorithmConstraints {
  /** Groups that can be asked for. */
  static final List<String> KNOWN =
      List.of(
          "secp256r1",
          "secp384r1",
          "secp521r1",
          "x25519",
          "x448",
          "ffdhe2048",
          "ffdhe3072",
          "ffdhe4096");

  private final String group;

  GroupConstraint(String group) {
    this.group = group;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    return !primitives.contains(CryptoPrimitive.KEY_AGREEMENT)
        || !isGroup(name)
        || name.equals(group);
  }

  private static boolean isGroup(String name) {
    return name.startsWith("sec") || name.startsWith("ffdhe") || name.matches("x(25519|448)");
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return true;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives,
      String algorithm,
      Key key,
      @Nullable AlgorithmParameters parameters) {
    return permits(primitives, algorithm, parameters);
  }
}
