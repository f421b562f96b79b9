package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is at hand about certificates that were revoked. Nothing is fetched for it.
 *
 * @param ocspResponses each an OCSPResponse in DER (RFC 6960 §4.2.1), such as one that the server
 *     has stapled
 * @param crls each a CertificateList in DER (RFC 5280 §5.1)
 */
public record RevocationEvidence(List<Bytes> ocspResponses, List<Bytes> crls) {
  /** Nothing is known. */
  public static final RevocationEvidence NONE = new RevocationEvidence(List.of(), List.of());

  public RevocationEvidence {
    ocspResponses = List.copyOf(ocspResponses);
    crls = List.copyOf(crls);
  }

  /** The same, and these lists behind the others. */
  public RevocationEvidence plus(List<Bytes> lists) {
    List<Bytes> all = new ArrayList<>(crls);
    all.addAll(lists);
    return new RevocationEvidence(ocspResponses, all);
  }
}
