package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.Pem;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate with those above it, without the root, and its private key. */
public final class Issued {
  private final List<X509Certificate> chain;
  private final PrivateKey key;

  Issued(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /** As {@code javax.net.ssl.X509KeyManager} wants it: the end user's first, the root left out. */
  public X509Certificate[] chain() {
    return chain.toArray(new X509Certificate[0]);
  }

  public PrivateKey key() {
    return key;
  }

  /** The same chain, each in DER. */
  public List<Bytes> chainDer() {
    List<Bytes> ders = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      ders.add(der(certificate));
    }
    return List.copyOf(ders);
  }

  /** The chain and the private key, which is not encrypted, as one PEM text. */
  public String pem() {
    StringBuilder text = new StringBuilder();
    chainDer().forEach(one -> text.append(Pem.of(one)));
    String coded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return text.append("-----BEGIN PRIVATE KEY-----\n")
        .append(coded)
        .append("\n-----END PRIVATE KEY-----\n")
        .toString();
  }

  static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.wrap(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate made here has bytes", e);
    }
  }
}
