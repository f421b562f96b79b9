package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.RevocationEvidence;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a browser would believe a server: by its chain, by the OCSP response that came with it,
 * and else by the list of revoked certificates that its certificate names.
 */
final class BrowserCheck {
  /** Status type and length before the response (RFC 8446 §4.4.2.1). */
  private static final int STATUS_HEADER = 4;

  private final String host;
  private final TrustStore trust;
  private final Library library;

  /** Gets what a certificate refers to. */
  interface Library {
    /** Nothing where it cannot be had. */
    Optional<Bytes> get(String url);
  }

  BrowserCheck(String host, TrustStore trust, Library library) {
    this.host = host;
    this.trust = trust;
    this.library = library;
  }

  /** The alert to refuse it with, or null. */
  @Nullable CertificateAlert judge(TlsServerCertificate shown) throws IOException {
    CertificateChain chain =
        CertificateChain.of(CertificateAlert.der(shown.getCertificate()), trust);
    PathVerdict verdict =
        PathVerdict.of(
            chain, host, Instant.now().truncatedTo(ChronoUnit.SECONDS), evidence(chain, shown));
    return verdict.valid() ? null : CertificateAlert.of(verdict);
  }

  private RevocationEvidence evidence(CertificateChain chain, TlsServerCertificate shown)
      throws IOException {
    Bytes stapled = stapled(shown);
    if (stapled != null) {
      return new RevocationEvidence(List.of(stapled), List.of());
    }
    String url = chain.entries().isEmpty() ? null : listUrl(chain.entries().get(0));
    return new RevocationEvidence(
        List.of(), url == null ? List.of() : library.get(url).stream().toList());
  }

  // The library's table has a raw type.
  @SuppressWarnings("rawtypes")
  private static @Nullable Bytes stapled(TlsServerCertificate shown) throws IOException {
    CertificateStatus status = shown.getCertificateStatus();
    if (status != null && status.getStatusType() == CertificateStatusType.ocsp) {
      return Bytes.wrap(status.getOCSPResponse().getEncoded());
    }
    if (shown.getCertificate().isEmpty()) {
      return null;
    }
    Hashtable beside = shown.getCertificate().getCertificateEntryAt(0).getExtensions();
    return beside != null
            && beside.get(TlsExtensionsUtils.EXT_status_request) instanceof byte[] coded
            && coded.length > STATUS_HEADER
        ? Bytes.of(coded).slice(STATUS_HEADER, coded.length)
        : null;
  }

  /** RFC 5280 §4.2.1.13. */
  private static @Nullable String listUrl(ChainEntry entry) {
    try {
      Extensions extensions =
          Certificate.getInstance(entry.der().toArray()).getTBSCertificate().getExtensions();
      if (extensions == null || extensions.getExtension(Extension.cRLDistributionPoints) == null) {
        return null;
      }
      CRLDistPoint points =
          CRLDistPoint.getInstance(
              extensions.getExtensionParsedValue(Extension.cRLDistributionPoints));
      for (DistributionPoint point : points.getDistributionPoints()) {
        DistributionPointName place = point.getDistributionPoint();
        if (place != null && place.getName() instanceof GeneralNames names) {
          for (GeneralName name : names.getNames()) {
            if (name.getTagNo() == GeneralName.uniformResourceIdentifier
                && name.getName() instanceof ASN1IA5String url
                && url.getString().startsWith("http://")) {
              return url.getString();
            }
          }
        }
      }
      return null;
    } catch (RuntimeException e) {
      // Malformed in one of many ways: it names no list that could be read.
      return null;
    }
  }
}
