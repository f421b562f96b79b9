package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.util.List;

/** Certificates from the end user up to the root. A stub. */
public final class CertificateChain {
  private CertificateChain() {}

  /**
   * Sorts what was sent from the end user upwards and adds the root from the trust store if it is
   * not among them.
   *
   * @param sent each in DER, in the order in which they were sent; malformed ones become a finding
   */
  public static CertificateChain of(List<Bytes> sent, TrustStore trust) {
    throw new UnsupportedOperationException("to be written");
  }

  /** End user first, root last. */
  public List<ChainEntry> entries() {
    throw new UnsupportedOperationException("to be written");
  }

  /** One walk for each signature in the chain: entry {@code i} signed by entry {@code i + 1}. */
  public List<SignatureWalk> walks() {
    throw new UnsupportedOperationException("to be written");
  }

  /** What is wrong with the chain as a chain, each in one line; empty if nothing is. */
  public List<String> findings() {
    throw new UnsupportedOperationException("to be written");
  }
}
