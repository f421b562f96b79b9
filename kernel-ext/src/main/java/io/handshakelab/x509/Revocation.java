package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate was withdrawn, as far as the evidence says: OCSP responses first (RFC
 * 6960), then CRLs (RFC 5280 §5). One that says so is enough, whatever the others say. What its
 * issuer has not signed, or what is out of date, is no evidence.
 */
final class Revocation {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_PIECES = 64;
  private static final String OCSP = "RFC 6960 §2.2";
  private static final String CRL = "RFC 5280 §5.3, §6.3";

  private Revocation() {}

  /** Of the end user's certificate; of one above it only where something is known of it. */
  static List<PathCheck> checks(
      List<ChainEntry> entries,
      List<X509Certificate> path,
      Instant at,
      RevocationEvidence evidence) {
    List<PathCheck> checks = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      String[] why = {""};
      PathCheck found = find(entries.get(i), path.subList(i, path.size()), at, evidence, why);
      if (found != null) {
        checks.add(found);
      } else if (i == 0) {
        String nothing = "nothing is known of it" + why[0];
        checks.add(check(entries.get(i), true, nothing, "RFC 5280 §6.3, RFC 6960"));
      }
    }
    return checks;
  }

  private static @Nullable PathCheck find(
      ChainEntry entry,
      List<X509Certificate> path,
      Instant at,
      RevocationEvidence evidence,
      String[] why) {
    PathCheck good = null;
    if (path.size() > 1) {
      for (Bytes response : evidence.ocspResponses().stream().limit(MAX_PIECES).toList()) {
        try {
          PathCheck found = ocsp(entry, path, at, response);
          if (found != null && !found.ok()) {
            return found;
          }
          good = good == null ? found : good;
        } catch (IOException
            | GeneralSecurityException
            | OCSPException
            | OperatorCreationException
            | CertException
            | RuntimeException e) {
          why[0] = ": the OCSP response cannot be used: " + ParsedCertificate.oneLine(e);
        }
      }
      for (Bytes list : evidence.crls().stream().limit(MAX_PIECES).toList()) {
        try {
          PathCheck found = crl(entry, path, at, list);
          if (found != null && !found.ok()) {
            return found;
          }
          good = good == null ? found : good;
        } catch (GeneralSecurityException | RuntimeException e) {
          why[0] = ": the CRL cannot be used: " + ParsedCertificate.oneLine(e);
        }
      }
    }
    return good;
  }

  private static @Nullable PathCheck ocsp(
      ChainEntry entry, List<X509Certificate> path, Instant at, Bytes der)
      throws IOException,
          GeneralSecurityException,
          OCSPException,
          OperatorCreationException,
          CertException {
    if (der.length() > MAX_BYTES
        || !(new OCSPResp(der.toArray()).getResponseObject() instanceof BasicOCSPResp basic)) {
      return null;
    }
    X509CertificateHolder issuer = new JcaX509CertificateHolder(path.get(1));
    if (!signedFor(basic, path.get(1))) {
      return null;
    }
    for (SingleResp one : basic.getResponses()) {
      boolean ours =
          one.getCertID().getSerialNumber().equals(path.get(0).getSerialNumber())
              && one.getCertID().matchesIssuer(issuer, new BcDigestCalculatorProvider());
      Date next = one.getNextUpdate();
      boolean fresh =
          !one.getThisUpdate().toInstant().isAfter(at)
              && (next == null || !next.toInstant().isBefore(at));
      if (!ours || !fresh) {
        continue;
      }
      CertificateStatus status = one.getCertStatus();
      if (status instanceof RevokedStatus revoked) {
        int reason = revoked.hasRevocationReason() ? revoked.getRevocationReason() : 0;
        return revoked(entry, revoked.getRevocationTime(), reason, "an OCSP response", OCSP);
      }
      if (!(status instanceof UnknownStatus)) {
        String when = one.getThisUpdate().toInstant().toString();
        return check(entry, true, "its issuer's OCSP response of " + when + " says good", OCSP);
      }
    }
    return null;
  }

  /** Signed by the issuer itself, or by somebody whom it has entitled (RFC 6960 §4.2.2.2). */
  private static boolean signedFor(BasicOCSPResp basic, X509Certificate issuer)
      throws GeneralSecurityException, OCSPException, OperatorCreationException, CertException {
    ContentVerifierProvider key = new JcaContentVerifierProviderBuilder().build(issuer);
    if (basic.isSignatureValid(key)) {
      return true;
    }
    for (X509CertificateHolder helper : basic.getCerts()) {
      org.bouncycastle.asn1.x509.ExtendedKeyUsage usage =
          org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(helper.getExtensions());
      boolean entitled =
          usage != null
              && usage.hasKeyPurposeId(org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_OCSPSigning)
              && helper.isSignatureValid(key);
      if (entitled
          && basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(helper))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable PathCheck crl(
      ChainEntry entry, List<X509Certificate> path, Instant at, Bytes der)
      throws GeneralSecurityException {
    if (der.length() > MAX_BYTES
        || !(CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(der.toArray()))
            instanceof X509CRL list)
        || !list.getIssuerX500Principal().equals(path.get(0).getIssuerX500Principal())) {
      return null;
    }
    list.verify(path.get(1).getPublicKey());
    Date next = list.getNextUpdate();
    if (list.getThisUpdate().toInstant().isAfter(at)
        || (next != null && next.toInstant().isBefore(at))) {
      return null;
    }
    X509CRLEntry one = list.getRevokedCertificate(path.get(0).getSerialNumber());
    if (one == null) {
      String when = list.getThisUpdate().toInstant().toString();
      return check(entry, true, "it is not in its issuer's CRL of " + when, CRL);
    }
    int reason = one.getRevocationReason() == null ? 0 : one.getRevocationReason().ordinal();
    return revoked(entry, one.getRevocationDate(), reason, "the CRL of its issuer", CRL);
  }

  private static PathCheck revoked(
      ChainEntry entry, Date when, int reason, String source, String rfc) {
    String name = CRLReason.lookup(reason).toString().replaceFirst("^CRLReason: ", "");
    String why = reason == 0 ? "" : " (" + name + ")";
    return check(entry, false, "revoked on " + when.toInstant() + why + ", says " + source, rfc);
  }

  private static PathCheck check(ChainEntry entry, boolean ok, String reason, String rfc) {
    return new PathCheck(PathCheck.Kind.REVOCATION, entry.subject(), ok, reason, rfc);
  }
}
