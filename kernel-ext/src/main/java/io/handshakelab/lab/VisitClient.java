package io.handshakelab.lab;

import java.io.IOException;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The client of a visit: it may judge the server, and may have a certificate of its own. */
final class VisitClient extends BrowserLikeClient {
  private final LoggingCrypto crypto;
  private final @Nullable BrowserCheck check;
  private final @Nullable Issued identity;
  private @Nullable CertificateAlert refused;
  private boolean asked;

  /**
   * @param check null to accept any certificate: a microscope looks at bad ones, too
   * @param identity shown to servers that ask, or null
   */
  VisitClient(
      LoggingCrypto crypto,
      @Nullable String serverName,
      TlsVersions versions,
      @Nullable BrowserCheck check,
      @Nullable Issued identity) {
    super(crypto, serverName, versions);
    this.crypto = crypto;
    this.check = check;
    this.identity = identity;
  }

  /** With which alert this client has refused the server, if it has. */
  @Nullable CertificateAlert refused() {
    return refused;
  }

  /** Whether the server has asked for a certificate. */
  boolean asked() {
    return asked;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        BrowserCheck judge = check;
        CertificateAlert alert = judge == null ? null : judge.judge(shown);
        if (alert != null) {
          refused = alert;
          throw new TlsFatalAlert(alert.description(), alert.because().reason());
        }
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request)
          throws IOException {
        asked = true;
        Issued own = identity;
        return own == null
            ? null
            : new Presented(own, null)
                .signer(
                    context,
                    crypto,
                    request.getSupportedSignatureAlgorithms(),
                    request.getCertificateRequestContext());
      }
    };
  }
}
