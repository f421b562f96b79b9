package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as one end of a handshake shows them, and the key that proves them.
 *
 * @param stapled the OCSP response that goes with the first of them, or null
 */
record Presented(Issued identity, @Nullable Bytes stapled) {

  /**
   * To sign with.
   *
   * @param accepted what the other end understands
   * @param requestContext from the request for a certificate; empty without one
   */
  TlsCredentialedSigner signer(
      TlsContext context, BcTlsCrypto crypto, @Nullable Vector<?> accepted, byte[] requestContext)
      throws IOException {
    AsymmetricKeyParameter key = key();
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key,
        certificate(context, crypto, requestContext),
        scheme(key, accepted, TlsUtils.isTLSv13(context)));
  }

  /** To decrypt a premaster secret with (RFC 5246 §7.4.7.1). */
  TlsCredentialedDecryptor decryptor(TlsContext context, BcTlsCrypto crypto) throws IOException {
    return new BcDefaultTlsCredentialedDecryptor(
        crypto, certificate(context, crypto, TlsUtils.EMPTY_BYTES), key());
  }

  /** In TLS 1.2 it goes in a message of its own (RFC 6066 §8). */
  @Nullable CertificateStatus status() {
    Bytes response = stapled;
    return response == null
        ? null
        : new CertificateStatus(
            CertificateStatusType.ocsp, OCSPResponse.getInstance(response.toArray()));
  }

  private AsymmetricKeyParameter key() throws IOException {
    return PrivateKeyFactory.createKey(identity.key().getEncoded());
  }

  /**
   * The first scheme that fits the key and is understood. PKCS#1 v1.5 is for TLS 1.2 only (RFC 8446
   * §4.2.3).
   */
  private static SignatureAndHashAlgorithm scheme(
      AsymmetricKeyParameter key, @Nullable Vector<?> accepted, boolean tls13)
      throws TlsFatalAlert {
    for (SignatureAndHashAlgorithm scheme : fitting(key, tls13)) {
      if (accepted == null || accepted.contains(scheme)) {
        return scheme;
      }
    }
    throw new TlsFatalAlert(AlertDescription.handshake_failure);
  }

  private static List<SignatureAndHashAlgorithm> fitting(
      AsymmetricKeyParameter key, boolean tls13) {
    if (key instanceof Ed25519PrivateKeyParameters) {
      return List.of(SignatureAndHashAlgorithm.ed25519);
    }
    if (key instanceof Ed448PrivateKeyParameters) {
      return List.of(SignatureAndHashAlgorithm.ed448);
    }
    if (key instanceof ECPrivateKeyParameters ec) {
      int bits = ec.getParameters().getCurve().getFieldSize();
      short hash =
          bits > 384
              ? HashAlgorithm.sha512
              : bits > 256 ? HashAlgorithm.sha384 : HashAlgorithm.sha256;
      return List.of(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.ecdsa));
    }
    SignatureAndHashAlgorithm pss = SignatureAndHashAlgorithm.rsa_pss_rsae_sha256;
    return tls13
        ? List.of(pss)
        : List.of(
            pss,
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
  }

  // The library's tables have raw types.
  @SuppressWarnings({"rawtypes", "unchecked"})
  private Certificate certificate(TlsContext context, BcTlsCrypto crypto, byte[] requestContext)
      throws IOException {
    List<Bytes> chain = identity.chainDer();
    TlsCertificate[] certificates = new TlsCertificate[chain.size()];
    CertificateEntry[] entries = new CertificateEntry[chain.size()];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = crypto.createCertificate(chain.get(i).toArray());
      CertificateStatus status = i == 0 ? status() : null;
      Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(null);
      if (status != null) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        status.encode(coded);
        extensions.put(TlsExtensionsUtils.EXT_status_request, coded.toByteArray());
      }
      entries[i] = new CertificateEntry(certificates[i], extensions);
    }
    // RFC 8446 §4.4.2.1: beside the certificate, where TLS 1.2 has CertificateStatus.
    return TlsUtils.isTLSv13(context)
        ? new Certificate(requestContext, entries)
        : new Certificate(certificates);
  }
}
