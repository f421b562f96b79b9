package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.LabAuthority.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * What an authority makes public over HTTP: its certificate, the list of those that it has revoked
 * (RFC 5280 §5), and answers to questions about one of them (RFC 6960).
 */
final class Publications {
  private static final Duration LIFE = Duration.ofDays(7);
  private static final String ISSUER_PATH = "/issuer.der";
  private static final String LIST_PATH = "/revoked.crl";
  private static final String RESPONDER_PATH = "/ocsp";

  private final Signer signer;
  private final Instant now;
  private final String origin;
  private final Map<BigInteger, Instant> revoked = new LinkedHashMap<>();
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  /** What stands under a path. */
  record Document(String type, Bytes content) {}

  /**
   * @param signer whose publications
   * @param now when they are made
   * @param httpPort where they can be got
   */
  Publications(Signer signer, Instant now, int httpPort) {
    this.signer = signer;
    this.now = now;
    // An address: programs without our name server come here, too.
    this.origin = "http://127.0.0.1:" + httpPort;
  }

  /** Publishes a certificate, and says where. */
  String issuer(X509Certificate certificate) {
    documents.put(ISSUER_PATH, new Document("application/pkix-cert", Issued.der(certificate)));
    return origin + ISSUER_PATH;
  }

  /** Where the list is. */
  String revocationList() {
    return origin + LIST_PATH;
  }

  /** Where one can ask. */
  String responder() {
    return origin + RESPONDER_PATH;
  }

  /** Says from now on that its key was stolen an hour ago. */
  synchronized void revoke(X509Certificate certificate) {
    revoked.put(certificate.getSerialNumber(), now.minus(Duration.ofHours(1)));
    documents.put(LIST_PATH, new Document("application/pkix-crl", list()));
  }

  /** What stands under this path, if anything does. */
  Optional<Document> get(String path) {
    if (path.startsWith(RESPONDER_PATH + "/")) {
      // RFC 6960 §A.1: the question in the path.
      String coded =
          java.net.URLDecoder.decode(
              path.substring(RESPONDER_PATH.length() + 1), StandardCharsets.US_ASCII);
      return ask(Bytes.wrap(Base64.getDecoder().decode(coded)));
    }
    return Optional.ofNullable(documents.get(path));
  }

  /** The answer to a question that was posted there. */
  Optional<Document> post(String path, Bytes question) {
    return path.equals(RESPONDER_PATH) ? ask(question) : Optional.empty();
  }

  /** The answer about this certificate, for its server to staple. */
  Bytes statusOf(X509Certificate certificate) {
    try {
      return answer(
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              holder(),
              certificate.getSerialNumber()));
    } catch (OCSPException | OperatorCreationException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private Optional<Document> ask(Bytes question) {
    try {
      Req[] asked = new OCSPReq(question.toArray()).getRequestList();
      return asked.length == 0
          ? Optional.empty()
          : Optional.of(new Document("application/ocsp-response", answer(asked[0].getCertID())));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private synchronized Bytes answer(CertificateID about) {
    Instant since = revoked.get(about.getSerialNumber());
    CertificateStatus status =
        since == null
            ? CertificateStatus.GOOD
            : new RevokedStatus(Date.from(since), CRLReason.keyCompromise);
    try {
      BasicOCSPRespBuilder builder =
          new BasicOCSPRespBuilder(new RespID(holder().getSubject()))
              .addResponse(about, status, Date.from(now), Date.from(now.plus(LIFE)), null);
      OCSPResp response =
          new OCSPRespBuilder()
              .build(
                  OCSPRespBuilder.SUCCESSFUL, builder.build(contentSigner(), null, Date.from(now)));
      return Bytes.wrap(response.getEncoded());
    } catch (OCSPException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("an OCSP response cannot be made", e);
    }
  }

  private Bytes list() {
    try {
      X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(signer.certificate(), Date.from(now));
      builder.setNextUpdate(Date.from(now.plus(LIFE)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(signer.certificate()));
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
      revoked.forEach(
          (serial, since) ->
              builder.addCRLEntry(serial, Date.from(since), CRLReason.keyCompromise));
      return Bytes.wrap(builder.build(contentSigner()).getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a revocation list cannot be made", e);
    }
  }

  private ContentSigner contentSigner() throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withRSA").build(signer.key().getPrivate());
  }

  private X509CertificateHolder holder() {
    try {
      return new JcaX509CertificateHolder(signer.certificate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate made here has bytes", e);
    }
  }
}
