package io.handshakelab.simulate.https;

import io.handshakelab.lab.Issued;
import io.handshakelab.lab.LoggingCrypto;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Vector;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** A certificate and its key, as the library wants them. */
final class Credentials {
  private Credentials() {}

  /**
   * To sign with.
   *
   * @param algorithm the kind of the key, of RFC 5246 §7.4.1.4.1
   * @param accepted what the other end understands
   * @param requestContext from the request for a certificate; null without one
   */
  static TlsCredentialedSigner signer(
      TlsContext context,
      LoggingCrypto crypto,
      Issued identity,
      short algorithm,
      // The library's lists have raw types.
      @SuppressWarnings("rawtypes") Vector accepted,
      byte @Nullable [] requestContext)
      throws IOException {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key(identity),
        certificate(context, crypto, identity, requestContext),
        TlsUtils.chooseSignatureAndHashAlgorithm(context, accepted, kind(context, algorithm)));
  }

  /** TLS 1.3 has no room for RSA signatures but those of RSASSA-PSS (RFC 8446 §4.2.3). */
  private static short kind(TlsContext context, short algorithm) {
    return algorithm == SignatureAlgorithm.rsa && TlsUtils.isTLSv13(context)
        ? SignatureAlgorithm.rsa_pss_rsae_sha256
        : algorithm;
  }

  /** To decrypt a premaster secret with (RFC 5246 §7.4.7.1). */
  static TlsCredentialedDecryptor decryptor(
      TlsContext context, LoggingCrypto crypto, Issued identity) throws IOException {
    return new BcDefaultTlsCredentialedDecryptor(
        crypto, certificate(context, crypto, identity, null), key(identity));
  }

  /** An RSA key made here needs no test, which would cost more than the whole handshake. */
  private static AsymmetricKeyParameter key(Issued identity) throws IOException {
    if (identity.key() instanceof RSAPrivateCrtKey rsa) {
      boolean tested = true;
      return new RSAPrivateCrtKeyParameters(
          rsa.getModulus(),
          rsa.getPublicExponent(),
          rsa.getPrivateExponent(),
          rsa.getPrimeP(),
          rsa.getPrimeQ(),
          rsa.getPrimeExponentP(),
          rsa.getPrimeExponentQ(),
          rsa.getCrtCoefficient(),
          tested);
    }
    return PrivateKeyFactory.createKey(identity.key().getEncoded());
  }

  private static Certificate certificate(
      TlsContext context, LoggingCrypto crypto, Issued identity, byte @Nullable [] requestContext)
      throws IOException {
    X509Certificate[] chain = identity.chain();
    TlsCertificate[] certificates = new TlsCertificate[chain.length];
    CertificateEntry[] entries = new CertificateEntry[chain.length];
    for (int i = 0; i < chain.length; i++) {
      try {
        certificates[i] = crypto.createCertificate(chain[i].getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a certificate made here has bytes", e);
      }
      entries[i] = new CertificateEntry(certificates[i], null);
    }
    if (!TlsUtils.isTLSv13(context)) {
      return new Certificate(certificates);
    }
    byte[] echo = requestContext == null ? TlsUtils.EMPTY_BYTES : requestContext;
    return new Certificate(echo, entries);
  }
}
