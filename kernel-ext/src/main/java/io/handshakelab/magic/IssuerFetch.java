package io.handshakelab.magic;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.text.Escape;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.IssuerLocations;
import io.handshakelab.x509.TrustStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gets issuers that were not sent from where certificates say that they are. A certificate is a
 * stranger's, so is the address: only HTTP, no redirects, little at a time.
 */
final class IssuerFetch {
  private static final int MAX_FETCHES = 5;
  private static final int MAX_BYTES = 256 << 10;
  private static final int TIMEOUT_MILLIS = 5000;

  private IssuerFetch() {}

  static CertificateChain complete(List<Bytes> sent, TrustStore trust, List<String> notices) {
    List<Bytes> fetched = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    CertificateChain chain = CertificateChain.of(sent, trust);
    while (asked.size() < MAX_FETCHES && !chain.entries().isEmpty()) {
      ChainEntry top = chain.entries().get(chain.entries().size() - 1);
      if (top.trusted() || top.subject().equals(top.issuer())) {
        break;
      }
      int before = fetched.size();
      for (String url : IssuerLocations.of(top.der())) {
        if (fetched.size() == before && asked.size() < MAX_FETCHES && asked.add(url)) {
          fetched.addAll(get(url, notices));
        }
      }
      if (fetched.size() == before) {
        notices.add("the issuer of " + top.subject() + " could not be fetched");
        break;
      }
      chain = CertificateChain.of(sent, fetched, trust);
    }
    return chain;
  }

  private static List<Bytes> get(String url, List<String> notices) {
    String shown = Escape.line(url);
    try {
      byte[] content = content(url);
      List<Bytes> found = new ArrayList<>();
      // One in DER or PEM, or several in PKCS#7 (RFC 5280 §4.2.2.1).
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        found.add(Bytes.wrap(one.getEncoded()));
      }
      notices.add("fetched " + found.size() + " certificate(s) from " + shown);
      return found;
    } catch (IOException | CertificateException | RuntimeException e) {
      notices.add(shown + " gave no certificate: " + Escape.line(String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  private static byte[] content(String url) throws IOException {
    URI place = URI.create(url);
    if (!(place.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("it is not an address of HTTP");
    }
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("status " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] content = in.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
          throw new IOException("more than " + MAX_BYTES + " octets");
        }
        return content;
      }
    } finally {
      connection.disconnect();
    }
  }
}
