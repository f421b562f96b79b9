package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The roots that the operating system believes. */
final class SystemRoots {
  /** Where Debian, Fedora, openSUSE, Alpine and the BSDs keep them; OpenSSL's own order. */
  private static final List<String> FILES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  /** What Java calls the stores of macOS and Windows. */
  private static final List<String> STORES = List.of("KeychainStore-ROOT", "Windows-ROOT");

  private SystemRoots() {}

  static List<Bytes> read() {
    String given = System.getenv("SSL_CERT_FILE");
    if (given != null && !given.isEmpty()) {
      return PemFile.read(Path.of(given));
    }
    for (String file : FILES) {
      Path path = Path.of(file);
      if (Files.isReadable(path)) {
        return PemFile.read(path);
      }
    }
    for (String store : STORES) {
      List<Bytes> roots = store(store);
      if (!roots.isEmpty()) {
        return roots;
      }
    }
    throw new Problem(
        "this system's trusted roots were not found",
        "Name a file of them with --trust FILE, or use Java's with --trust jdk.");
  }

  private static List<Bytes> store(String type) {
    List<Bytes> roots = new ArrayList<>();
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (String alias : Collections.list(store.aliases())) {
        Certificate root = store.getCertificate(alias);
        if (root != null) {
          roots.add(Bytes.wrap(root.getEncoded()));
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      return List.of(); // not this system's
    }
    return roots;
  }
}
