package io.handshakelab.lab;

import io.handshakelab.lab.LabAuthority.Signer;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** What a client shows to a server that asks for its certificate, by a word or from a file. */
public final class ClientCertificate {
  /** The words that are known beside file names. */
  public static final List<String> WORDS = List.of("none", "good", "wrong-ca", "expired");

  private static final String NAME = "Alice";
  private static final Duration LIFE = Duration.ofDays(90);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long MAX_FILE = 1 << 20;

  private ClientCertificate() {}

  /**
   * The certificate that is meant.
   *
   * @param wanted one of {@link #WORDS}, or a PEM file with certificates, the client's first, and
   *     the private key
   * @param authority whose clients the server believes, or null where no lab runs
   * @return null for none
   */
  static @Nullable Issued of(String wanted, @Nullable LabAuthority authority) {
    if (wanted.equals("none")) {
      return null;
    }
    if (!WORDS.contains(wanted)) {
      return fromFile(wanted);
    }
    if (authority == null) {
      throw new Problem(
          "only the lab can make a client certificate that is \"" + wanted + "\"",
          "start it with serve start --client-auth, or give a PEM file");
    }
    return switch (wanted) {
      case "wrong-ca" -> ofStranger(authority);
      case "expired" -> expired(authority);
      default -> authority.client(authority.spareKeys(1).get(0), authority.random(), NAME);
    };
  }

  private static Issued ofStranger(LabAuthority authority) {
    List<KeyPair> keys = authority.spareKeys(2);
    String stranger = "Somebody Else's CA";
    Instant start = authority.now().minus(DAY);
    KeyPair theirs = keys.get(0);
    X509Certificate ca =
        new CertificateMaker(
                stranger, theirs.getPublic(), stranger, authority.random(), start, LIFE)
            .authority()
            .signedBy(theirs.getPublic(), theirs.getPrivate());
    return client(authority, new Signer(stranger, ca, theirs), keys.get(1), start);
  }

  private static Issued expired(LabAuthority authority) {
    Instant start = authority.now().minus(LIFE).minus(DAY);
    return client(authority, authority.intermediateSigner(), authority.spareKeys(1).get(0), start);
  }

  private static Issued client(LabAuthority authority, Signer by, KeyPair key, Instant start) {
    X509Certificate own =
        new CertificateMaker(NAME, key.getPublic(), by.name(), authority.random(), start, LIFE)
            .client()
            .signedBy(by.key().getPublic(), by.key().getPrivate());
    return new Issued(List.of(own, by.certificate()), key.getPrivate());
  }

  private static Issued fromFile(String name) {
    Path file = file(name);
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new Problem(name + " is too large for a certificate", "give a PEM file");
      }
      List<X509Certificate> chain = new ArrayList<>();
      PrivateKey key = null;
      try (PEMParser parser =
          new PEMParser(Files.newBufferedReader(file, StandardCharsets.ISO_8859_1))) {
        for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
          if (part instanceof X509CertificateHolder holder) {
            chain.add(new JcaX509CertificateConverter().getCertificate(holder));
          } else if (part instanceof PrivateKeyInfo info) {
            key = new JcaPEMKeyConverter().getPrivateKey(info);
          } else if (part instanceof PEMKeyPair pair) {
            key = new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
          }
        }
      }
      if (chain.isEmpty() || key == null) {
        throw new Problem(
            name + " does not hold a certificate and its private key",
            "put both into one PEM file, the key without a password");
      }
      return new Issued(chain, key);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof Problem problem) {
        throw problem;
      }
      throw new Problem(
          "the client's certificate cannot be read from " + name,
          "give a PEM file with certificate and private key, or one of " + String.join(", ", WORDS),
          e);
    }
  }

  private static Path file(String name) {
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // Then it is no file either.
    }
    throw new Problem(
        "there is no client certificate \"" + name + "\", and no such file",
        "take " + String.join(", ", WORDS) + ", or a PEM file with certificate and private key");
  }
}
