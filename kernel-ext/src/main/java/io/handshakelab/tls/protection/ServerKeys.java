package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.ServerKey;
import io.handshakelab.tls.registry.CipherSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Private keys of servers. With RSA key exchange the client encrypts the pre-master secret for the
 * key of the server's certificate, so whoever has that key can read all that was ever recorded (RFC
 * 5246 §7.4.7.1). With Diffie-Hellman nobody can.
 */
public final class ServerKeys {
  private static final int PRE_MASTER_SECRET = 48;

  private final List<Key> keys = new ArrayList<>();
  private final List<ServerKey> others = new ArrayList<>();
  private final Map<Bytes, String> found = new LinkedHashMap<>();

  /** One key, and what became of it. */
  private static final class Key {
    private final ServerKey source;
    private final RsaDecryption rsa;
    private boolean opened;
    private boolean inCertificate;
    private @Nullable CipherSuite suiteWithout;

    private Key(ServerKey source, RsaDecryption rsa) {
      this.source = source;
      this.rsa = rsa;
    }
  }

  ServerKeys(List<ServerKey> sources) {
    for (ServerKey source : sources) {
      try {
        if (source.isRsa()) {
          keys.add(new Key(source, RsaDecryption.of(source.pkcs1())));
        } else {
          others.add(source);
        }
      } catch (Malformed e) {
        others.add(source);
      }
    }
  }

  public boolean isEmpty() {
    return keys.isEmpty() && others.isEmpty();
  }

  /** A server showed this certificate and agreed upon this suite. */
  public void seen(Bytes certificate, CipherSuite suite) {
    for (Key key : keys) {
      if (contains(certificate, key.rsa.modulus())) {
        key.inCertificate = true;
        boolean enough =
            suite.keyExchange().startsWith("RSA") && !suite.keyExchange().endsWith("PSK");
        key.suiteWithout = enough ? key.suiteWithout : suite;
      }
    }
  }

  /**
   * The pre-master secret that the client encrypted: two octets of version and 46 of chance. Null
   * if none of the keys fits.
   */
  public @Nullable Bytes preMasterSecret(Bytes encrypted) {
    for (Key key : keys) {
      Bytes secret = key.rsa.decrypt(withoutLength(encrypted, key.rsa.modulus().length()));
      if (secret != null && secret.length() == PRE_MASTER_SECRET && secret.u8(0) == 3) {
        key.opened = true;
        return secret;
      }
    }
    return null;
  }

  /** Notes a master secret that came out, to be kept instead of the private key. */
  public void found(Bytes clientRandom, Bytes masterSecret) {
    found.put(clientRandom, "CLIENT_RANDOM " + clientRandom.hex() + " " + masterSecret.hex());
  }

  /** Lines of a key log that open what the private keys opened. */
  public List<String> keyLogLines() {
    return List.copyOf(found.values());
  }

  /** Whether any of them opened something. */
  boolean haveOpened() {
    return keys.stream().anyMatch(key -> key.opened);
  }

  /** A line for each key that was of no use, with the reason. */
  List<String> warnings() {
    List<String> all = new ArrayList<>();
    for (ServerKey other : others) {
      all.add(
          "the private key "
              + other.name()
              + " is of the kind "
              + other.algorithm()
              + ", which cannot open a recording: only the RSA key of a server with RSA key exchange"
              + " can; take a key log");
    }
    for (Key key : keys) {
      if (!key.opened) {
        all.add("the private key " + key.source.name() + " " + why(key));
      }
    }
    return all;
  }

  private static String why(Key key) {
    CipherSuite suite = key.suiteWithout;
    if (suite != null) {
      String who = suite.isTls13() ? "TLS 1.3" : suite.toString();
      String how =
          suite.keyExchange().startsWith("RSA_PSK")
              ? " mixes a pre-shared key into its secrets, which is not here"
              : " agrees upon keys with Diffie-Hellman, which no certificate's key opens (forward"
                  + " secrecy)";
      return "fits the certificate, but " + who + how + ": take a key log";
    }
    return key.inCertificate
        ? "fits a certificate, but no key exchange with it is here: begin to capture before the visit"
        : "fits no certificate in this capture: take the key of the server that was recorded";
  }

  /** SSL 3.0 may have a length before it or not (RFC 5246 §7.4.7.1). */
  private static Bytes withoutLength(Bytes encrypted, int length) {
    return encrypted.length() == length + 2 && encrypted.u16(0) == length
        ? encrypted.from(2)
        : encrypted;
  }

  /** The modulus stands in a certificate octet by octet. */
  private static boolean contains(Bytes certificate, Bytes modulus) {
    int first = modulus.u8(0);
    int last = certificate.length() - modulus.length();
    for (int at = certificate.indexOf(first, 0); at >= 0 && at <= last; ) {
      if (certificate.slice(at, at + modulus.length()).equals(modulus)) {
        return true;
      }
      at = certificate.indexOf(first, at + 1);
    }
    return false;
  }
}
