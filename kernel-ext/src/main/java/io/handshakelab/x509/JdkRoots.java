package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that Java itself believes. */
final class JdkRoots {
  private JdkRoots() {}

  static List<Bytes> read() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      List<Bytes> roots = new ArrayList<>();
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          for (X509Certificate root : x509.getAcceptedIssuers()) {
            roots.add(Bytes.wrap(root.getEncoded()));
          }
        }
      }
      return roots;
    } catch (GeneralSecurityException e) {
      throw new Problem(
          "Java's own store of trusted roots cannot be read: " + ParsedCertificate.oneLine(e),
          "Check javax.net.ssl.trustStore, or lib/security/cacerts of this Java.",
          e);
    }
  }
}
