package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.LabAuthority.Signer;
import io.handshakelab.lab.ca.Reason;
import io.handshakelab.lab.ca.Withdrawal;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
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
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What the lab's authority makes public over HTTP: its certificate, the lists of those that root
 * and intermediate have revoked (RFC 5280 §5), and answers to questions about one of them (RFC
 * 6960). All is made when it is asked for, so that what is revoked in between is in it.
 */
final class Publications {
  private static final Duration LIFE = Duration.ofDays(7);
  private static final String ISSUER_PATH = "/issuer.der";
  private static final String LIST_PATH = "/revoked.crl";
  private static final String ROOT_LIST_PATH = "/root.crl";
  private static final String RESPONDER_PATH = "/ocsp";
  private static final String LIST_TYPE = "application/pkix-crl";
  private static final int MOST_QUESTIONS = 16;

  private final LabAuthority authority;
  private final Instant now;
  private final String origin;
  private final Map<BigInteger, Withdrawal> faulty = new ConcurrentHashMap<>();
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  /** What stands under a path. */
  record Document(String type, Bytes content) {}

  /**
   * @param authority whose publications
   * @param httpPort where they can be got
   */
  Publications(LabAuthority authority, int httpPort) {
    this.authority = authority;
    this.now = authority.now();
    // An address: programs without our name server come here, too.
    this.origin = "http://127.0.0.1:" + httpPort;
  }

  /** Publishes a certificate, and says where. */
  String issuer(X509Certificate certificate) {
    documents.put(ISSUER_PATH, new Document("application/pkix-cert", Issued.der(certificate)));
    return origin + ISSUER_PATH;
  }

  /** Where the intermediate's list is. */
  String revocationList() {
    return origin + LIST_PATH;
  }

  /** Where the root's list is. */
  String rootRevocationList() {
    return origin + ROOT_LIST_PATH;
  }

  /** Where one can ask. */
  String responder() {
    return origin + RESPONDER_PATH;
  }

  /** Says from now on that the intermediate has withdrawn it an hour ago: its key was stolen. */
  void revoke(X509Certificate certificate) {
    faulty.put(
        certificate.getSerialNumber(),
        new Withdrawal(now.minus(Duration.ofHours(1)), Reason.KEY_COMPROMISE));
  }

  /** What stands under this path, if anything does. */
  Optional<Document> get(String path) {
    if (path.equals(LIST_PATH)) {
      return Optional.of(new Document(LIST_TYPE, list(authority.intermediateSigner())));
    }
    if (path.equals(ROOT_LIST_PATH)) {
      return Optional.of(new Document(LIST_TYPE, list(authority.rootSigner())));
    }
    if (path.startsWith(RESPONDER_PATH + "/")) {
      return question(path.substring(RESPONDER_PATH.length() + 1)).flatMap(this::ask);
    }
    return Optional.ofNullable(documents.get(path));
  }

  /** RFC 6960 §A.1: the question in the path. Some leave its plus signs as they are. */
  private static Optional<Bytes> question(String path) {
    try {
      String coded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.US_ASCII);
      return Optional.of(Bytes.wrap(Base64.getDecoder().decode(coded)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The answer to a question that was posted there. */
  Optional<Document> post(String path, Bytes question) {
    return path.equals(RESPONDER_PATH) ? ask(question) : Optional.empty();
  }

  /** Whether somebody who asks for the state of this certificate of the intermediate hears so. */
  boolean isRevoked(X509Certificate certificate) {
    return withdrawal(certificate.getSerialNumber(), authority.intermediateSigner()) != null;
  }

  /** The answer about a certificate of the intermediate, for its server to staple. */
  Bytes statusOf(X509Certificate certificate) {
    Signer issuer = authority.intermediateSigner();
    try {
      CertificateID id =
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              holder(issuer),
              certificate.getSerialNumber());
      return answer(List.of(id), issuer, null);
    } catch (OCSPException | OperatorCreationException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private Optional<Document> ask(Bytes question) {
    try {
      OCSPReq request = new OCSPReq(question.toArray());
      List<CertificateID> asked = Stream.of(request.getRequestList()).map(Req::getCertID).toList();
      if (asked.isEmpty() || asked.size() > MOST_QUESTIONS) {
        return Optional.empty();
      }
      Signer root = authority.rootSigner();
      boolean ofRoot = asked.stream().allMatch(id -> isIssuer(root, id));
      Signer signer = ofRoot ? root : authority.intermediateSigner();
      Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
      return Optional.of(new Document("application/ocsp-response", answer(asked, signer, nonce)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Bytes answer(List<CertificateID> asked, Signer signer, @Nullable Extension nonce) {
    Instant since = changed();
    Date end = Date.from(since.plus(LIFE));
    try {
      BasicOCSPRespBuilder builder =
          new BasicOCSPRespBuilder(new RespID(holder(signer).getSubject()));
      for (CertificateID about : asked) {
        builder.addResponse(about, status(about, signer), Date.from(since), end, null);
      }
      if (nonce != null) {
        builder.setResponseExtensions(new Extensions(nonce));
      }
      OCSPResp response =
          new OCSPRespBuilder()
              .build(
                  OCSPRespBuilder.SUCCESSFUL,
                  builder.build(contentSigner(signer), null, Date.from(since)));
      return Bytes.wrap(response.getEncoded());
    } catch (OCSPException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("an OCSP response cannot be made", e);
    }
  }

  /** Of what others have issued, nothing is known. */
  private CertificateStatus status(CertificateID about, Signer signer) {
    if (!isIssuer(signer, about)) {
      return new UnknownStatus();
    }
    Withdrawal found = withdrawal(about.getSerialNumber(), signer);
    return found == null
        ? CertificateStatus.GOOD
        : new RevokedStatus(Date.from(found.when()), found.reason().code());
  }

  private static boolean isIssuer(Signer signer, CertificateID about) {
    try {
      return about.matchesIssuer(holder(signer), new JcaDigestCalculatorProviderBuilder().build());
    } catch (OCSPException | OperatorCreationException e) {
      return false; // by a hash that is not known here
    }
  }

  /**
   * Why a certificate is withdrawn. If the issuer's own key was stolen, all that it has signed
   * counts as revoked (RFC 6960 §2.7).
   */
  private @Nullable Withdrawal withdrawal(BigInteger serial, Signer issuer) {
    boolean ofRoot = issuer.certificate().equals(authority.root());
    Withdrawal fault = ofRoot ? null : faulty.get(serial);
    if (fault != null) {
      return fault;
    }
    Withdrawal ofIssuer = null;
    for (Map.Entry<X509Certificate, Withdrawal> one : authority.opened().withdrawn().entrySet()) {
      X509Certificate certificate = one.getKey();
      Withdrawal why = one.getValue();
      if (certificate.getSerialNumber().equals(serial) && isBy(issuer, certificate)) {
        return why;
      }
      boolean stolen =
          why.reason() == Reason.KEY_COMPROMISE || why.reason() == Reason.CA_COMPROMISE;
      if (stolen && certificate.equals(issuer.certificate())) {
        ofIssuer = new Withdrawal(why.when(), Reason.CA_COMPROMISE);
      }
    }
    return ofIssuer;
  }

  private static boolean isBy(Signer issuer, X509Certificate certificate) {
    return certificate
        .getIssuerX500Principal()
        .equals(issuer.certificate().getSubjectX500Principal());
  }

  /** When something was last revoked; the start if nothing was. */
  private Instant changed() {
    return authority.opened().withdrawn().values().stream()
        .map(Withdrawal::when)
        .filter(when -> when.isAfter(now))
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  private Bytes list(Signer issuer) {
    Instant since = changed();
    Map<BigInteger, Withdrawal> revoked = new LinkedHashMap<>();
    if (!issuer.certificate().equals(authority.root())) {
      revoked.putAll(faulty);
    }
    authority
        .opened()
        .withdrawn()
        .forEach(
            (certificate, why) -> {
              if (isBy(issuer, certificate)) {
                revoked.put(certificate.getSerialNumber(), why);
              }
            });
    try {
      X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(since));
      builder.setNextUpdate(Date.from(since.plus(LIFE)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.certificate()));
      // Grows with each one that is added (RFC 5280 §5.2.3): none is ever taken off.
      BigInteger number = BigInteger.valueOf(1 + revoked.size());
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      revoked.forEach(
          (serial, why) -> builder.addCRLEntry(serial, Date.from(why.when()), why.reason().code()));
      return Bytes.wrap(builder.build(contentSigner(issuer)).getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a revocation list cannot be made", e);
    }
  }

  private static ContentSigner contentSigner(Signer signer) throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withRSA").build(signer.key().getPrivate());
  }

  private static X509CertificateHolder holder(Signer signer) {
    try {
      return new JcaX509CertificateHolder(signer.certificate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate made here has bytes", e);
    }
  }
}
