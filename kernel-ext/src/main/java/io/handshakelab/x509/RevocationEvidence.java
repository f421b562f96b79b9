package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is at hand about certificates beside themselves: whether they were revoked, and what logs
 * have promised of them. Nothing is fetched for it.
 *
 * @param ocspResponses each an OCSPResponse in DER (RFC 6960 §4.2.1), such as one that the server
 *     has stapled; logs' timestamps may stand in it
 * @param crls each a CertificateList in DER (RFC 5280 §5.1)
 * @param timestamps those that a server has shown in a handshake
 */
public record RevocationEvidence(
    List<Bytes> ocspResponses, List<Bytes> crls, List<ShownTimestamps> timestamps) {
  /** Nothing is known. */
  public static final RevocationEvidence NONE = new RevocationEvidence(List.of(), List.of());

  public RevocationEvidence {
    ocspResponses = List.copyOf(ocspResponses);
    crls = List.copyOf(crls);
    timestamps = List.copyOf(timestamps);
  }

  /** Without timestamps. */
  public RevocationEvidence(List<Bytes> ocspResponses, List<Bytes> crls) {
    this(ocspResponses, crls, List.of());
  }

  /**
   * The TLS extension signed_certificate_timestamp (RFC 6962 §3.3.1).
   *
   * @param connection in which it was shown
   * @param certificate beside which it was shown, in DER
   * @param list a SignedCertificateTimestampList
   */
  public record ShownTimestamps(int connection, Bytes certificate, Bytes list) {}

  /** The same, without timestamps that other connections have shown; all of them if null. */
  public RevocationEvidence in(@Nullable Integer connection) {
    return connection == null
        ? this
        : new RevocationEvidence(
            ocspResponses,
            crls,
            timestamps.stream().filter(shown -> shown.connection == connection).toList());
  }

  /** The same, and these lists behind the others. */
  public RevocationEvidence plus(List<Bytes> lists) {
    List<Bytes> all = new ArrayList<>(crls);
    all.addAll(lists);
    return new RevocationEvidence(ocspResponses, all, timestamps);
  }
}
