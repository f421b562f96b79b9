package io.handshakelab.simulate.https;

import io.handshakelab.lab.TlsVersions;
import io.handshakelab.problem.Problem;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What the server of a simulated visit insists on; its client offers that too, beside what a
 * browser offers.
 *
 * @param clientAuth whether the server asks for the client's certificate
 */
public record TlsChoice(TlsVersions version, int suite, int group, boolean clientAuth) {
  private static final int TLS12_SUITE = 0xc02f; // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
  private static final int TLS13_SUITE = 0x1301; // TLS_AES_128_GCM_SHA256
  private static final int LAST_SUITE = 0xd0ff;
  private static final Set<String> EXCHANGES = Set.of("RSA", "DHE_RSA", "ECDHE_RSA", "ECDHE_ECDSA");
  private static final int[] GROUPS = {
    NamedGroup.secp256r1,
    NamedGroup.secp384r1,
    NamedGroup.secp521r1,
    NamedGroup.x25519,
    NamedGroup.x448,
    NamedGroup.ffdhe2048,
    NamedGroup.ffdhe3072,
    NamedGroup.ffdhe4096,
    NamedGroup.X25519MLKEM768
  };

  /**
   * What fits what was asked for.
   *
   * @param tls {@code 1.2} or {@code 1.3}; null takes what fits the suite, and 1.2 without one
   * @param cipher the IANA name of a suite, or null for the usual one
   * @param groupName the name of a group, or null for the usual one
   */
  public static TlsChoice of(
      @Nullable String tls,
      @Nullable String cipher,
      @Nullable String groupName,
      boolean clientAuth) {
    if (cipher == null) {
      TlsVersions version = version(tls, false);
      int suite = version == TlsVersions.V1_3 ? TLS13_SUITE : TLS12_SUITE;
      return of(version, suite, groupName, clientAuth);
    }
    int suite = suite(cipher);
    TlsVersions version = version(tls, new CipherSuite(suite).isTls13());
    if ((version == TlsVersions.V1_3) != new CipherSuite(suite).isTls13()) {
      throw new Problem(
          new CipherSuite(suite) + " is no cipher suite of TLS " + version.label(),
          "the usual one is "
              + new CipherSuite(version == TlsVersions.V1_3 ? TLS13_SUITE : TLS12_SUITE));
    }
    return of(version, suite, groupName, clientAuth);
  }

  private static TlsChoice of(
      TlsVersions version, int suite, @Nullable String groupName, boolean clientAuth) {
    boolean finite = new CipherSuite(suite).keyExchange().startsWith("DHE");
    int usual = finite ? NamedGroup.ffdhe2048 : NamedGroup.secp256r1;
    int group = groupName == null ? usual : group(groupName);
    boolean hybrid = group == NamedGroup.X25519MLKEM768;
    if (version == TlsVersions.V1_2
        && (hybrid || NamedGroup.refersToASpecificFiniteField(group) != finite)) {
      throw new Problem(
          "the group " + name(group) + " does not fit " + new CipherSuite(suite),
          finite
              ? "take one of the ffdhe groups, such as ffdhe2048"
              : "take one such as secp256r1 or x25519");
    }
    return new TlsChoice(version, suite, group, clientAuth);
  }

  /** For people: {@code TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, secp256r1}. */
  String words() {
    String keys = new CipherSuite(suite).keyExchange().equals("RSA") ? "" : ", " + name(group);
    return "TLS " + version.label() + ", " + new CipherSuite(suite) + keys;
  }

  /** Whether the server signs with a key on an elliptic curve. */
  boolean isEcdsa() {
    return new CipherSuite(suite).keyExchange().endsWith("ECDSA");
  }

  private static TlsVersions version(@Nullable String tls, boolean suiteOf13) {
    if (tls == null) {
      return suiteOf13 ? TlsVersions.V1_3 : TlsVersions.V1_2;
    }
    return switch (tls) {
      case "1.2" -> TlsVersions.V1_2;
      case "1.3" -> TlsVersions.V1_3;
      default -> throw new Problem("the simulated ends do not speak TLS " + tls, "take 1.2 or 1.3");
    };
  }

  private static int suite(String cipher) {
    String wanted = cipher.toUpperCase(Locale.ROOT);
    for (int number : suites()) {
      if (new CipherSuite(number).toString().equals(wanted)) {
        return number;
      }
    }
    throw new Problem(
        "the simulated ends have no cipher suite " + cipher,
        "the usual ones are "
            + new CipherSuite(TLS12_SUITE)
            + " and "
            + new CipherSuite(TLS13_SUITE));
  }

  /** The names of all suites that the ends have. */
  public static List<String> suiteNames() {
    return suites().stream().map(number -> new CipherSuite(number).toString()).toList();
  }

  /** The numbers of all suites that the ends have. */
  static List<Integer> suites() {
    TlsCrypto crypto = new BcTlsCrypto();
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= LAST_SUITE; number++) {
      CipherSuite suite = new CipherSuite(number);
      boolean ours = suite.isTls13() || EXCHANGES.contains(suite.keyExchange());
      if (ours
          && Registry.CIPHER_SUITE.name(number) != null
          && TlsUtils.isSupportedCipherSuite(crypto, number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static int group(String wanted) {
    List<String> names = new ArrayList<>();
    for (int group : GROUPS) {
      if (name(group).equalsIgnoreCase(wanted)) {
        return group;
      }
      names.add(name(group));
    }
    throw new Problem(
        "no named group \"" + wanted + "\" here", "take one of " + String.join(", ", names));
  }

  private static String name(int group) {
    return new io.handshakelab.tls.registry.NamedGroup(group).toString();
  }
}
