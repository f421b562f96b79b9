package io.handshakelab.lab.ca;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.Pem;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of an authority of one's own, with its key.
 *
 * @param name the common name
 * @param key null where it is kept elsewhere
 * @param above those above it, its issuer first and the root last; empty for a root
 */
public record Member(
    String name,
    X509Certificate certificate,
    @Nullable PrivateKey key,
    List<X509Certificate> above) {
  public Member {
    above = List.copyOf(above);
  }

  public Bytes der() {
    return der(certificate);
  }

  public boolean isRoot() {
    return above.isEmpty();
  }

  /** The issuer's common name; its own for a root. */
  public String issuer() {
    return isRoot() ? name : CommonName.of(above.get(0));
  }

  /** Whether it may sign certificates (RFC 5280 §4.2.1.9). */
  public boolean isAuthority() {
    return certificate.getBasicConstraints() >= 0;
  }

  /** In hexadecimal, as the table shows it. */
  public String serial() {
    String digits = certificate.getSerialNumber().toString(16);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  /** The certificate alone. */
  public String pem() {
    return Pem.of(der());
  }

  /** The private key alone (RFC 5958), not encrypted; empty if it is kept elsewhere. */
  public String keyPem() {
    return key == null ? "" : PemText.key(key);
  }

  /** As a server wants it: the certificate, the intermediates above it, and the private key. */
  public String bundle() {
    String intermediates =
        above.stream()
            .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
            .map(c -> Pem.of(der(c)))
            .collect(Collectors.joining());
    return pem() + intermediates + keyPem();
  }

  static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.wrap(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has bytes", e);
    }
  }

  /** No key in logs. */
  @Override
  public String toString() {
    return name + ", serial " + serial();
  }
}
