package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;

/**
 * Decides whether a simulated client believes a server: at the time of the virtual clock, and with
 * the root of the simulated authority as the only one that is trusted.
 */
record CertificateJudge(String host, Bytes root, Instant now) {
  void judge(Certificate shown) throws IOException {
    List<Bytes> sent = new ArrayList<>();
    for (TlsCertificate certificate : shown.getCertificateList()) {
      sent.add(Bytes.wrap(certificate.getEncoded()));
    }
    CertificateChain chain = CertificateChain.of(sent, TrustStore.of(List.of(root)));
    PathVerdict verdict = PathVerdict.of(chain, host, now);
    if (!verdict.valid()) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate,
          verdict.firstFailure().map(failure -> failure.reason()).orElse("no certificate"));
    }
  }
}
