package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** Logs' timestamps that came with an OCSP response about a certificate (RFC 6962 §3.3). */
final class OcspTimestamps {
  private static final ASN1ObjectIdentifier EXTENSION =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.5");
  private static final int MOST_RESPONSES = 64;
  private static final int MOST_BYTES = 1 << 20;

  private OcspTimestamps() {}

  /** Each a SignedCertificateTimestampList. A response that cannot be read has none. */
  static List<Bytes> of(Bytes certificate, Bytes issuer, RevocationEvidence evidence) {
    List<Bytes> lists = new ArrayList<>();
    int count = 0;
    for (Bytes response : evidence.ocspResponses()) {
      if (response.length() <= MOST_BYTES && count++ < MOST_RESPONSES) {
        try {
          add(response, certificate, new X509CertificateHolder(issuer.toArray()), lists);
        } catch (IOException
            | OCSPException
            | CertificateExtensions.Unreadable
            | RuntimeException e) {
          // The check of revocation says so.
        }
      }
    }
    return lists;
  }

  private static void add(
      Bytes response, Bytes certificate, X509CertificateHolder issuer, List<Bytes> lists)
      throws IOException, OCSPException, CertificateExtensions.Unreadable {
    if (!(new OCSPResp(response.toArray()).getResponseObject() instanceof BasicOCSPResp basic)) {
      return;
    }
    BigInteger serial = CertificateExtensions.tbs(certificate).getSerialNumber().getValue();
    for (SingleResp one : basic.getResponses()) {
      CertificateID about = one.getCertID();
      Extension found = about.getSerialNumber().equals(serial) ? one.getExtension(EXTENSION) : null;
      if (found != null && about.matchesIssuer(issuer, new BcDigestCalculatorProvider())) {
        byte[] inner = ASN1OctetString.getInstance(found.getParsedValue()).getOctets();
        lists.add(Bytes.wrap(inner));
      }
    }
  }
}
