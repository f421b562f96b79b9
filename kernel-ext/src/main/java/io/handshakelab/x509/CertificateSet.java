package io.handshakelab.x509;

import java.util.List;
import java.util.stream.Collectors;

/** Several certificates in all their details, each to be opened by itself. */
public record CertificateSet(List<CertificateDetails> certificates) {
  public CertificateSet {
    certificates = List.copyOf(certificates);
  }

  @Override
  public String toString() {
    return certificates.stream().map(CertificateDetails::text).collect(Collectors.joining("\n\n"));
  }
}
