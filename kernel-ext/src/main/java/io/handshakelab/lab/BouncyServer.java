package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** One connection of the lab's HTTPS server, spoken by Bouncy Castle. */
final class BouncyServer extends AbstractTlsServer {
  /** What the signatures of clients may be made with. */
  private static final List<SignatureAndHashAlgorithm> UNDERSTOOD =
      List.of(
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
          SignatureAndHashAlgorithm.ed25519,
          SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
          SignatureAndHashAlgorithm.rsa_pss_rsae_sha384,
          SignatureAndHashAlgorithm.rsa_pss_rsae_sha512,
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));

  private final BcTlsCrypto crypto;
  private final Settings settings;
  private final Presented shown;

  /**
   * @param suites in order of preference
   * @param group the only one
   * @param clientRoot the root, in DER, that clients' certificates must come from; null lets
   *     everybody in
   */
  record Settings(
      TlsVersions versions,
      // Nobody changes it.
      @SuppressWarnings("ArrayRecordComponent") int[] suites,
      int group,
      @Nullable Bytes clientRoot) {}

  /**
   * @param shown what it shows
   */
  BouncyServer(BcTlsCrypto crypto, Settings settings, Presented shown) {
    super(crypto);
    this.shown = shown;
    this.crypto = crypto;
    this.settings = settings;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return switch (settings.versions()) {
      case V1_2 -> ProtocolVersion.TLSv12.only();
      case V1_3 -> ProtocolVersion.TLSv13.only();
      case ANY -> ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);
    };
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return settings.suites().clone();
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  public int[] getSupportedGroups() {
    return new int[] {settings.group()};
  }

  @Override
  protected int selectDH(int minimumBits) {
    return offered() ? settings.group() : -1;
  }

  @Override
  protected int selectECDH(int minimumBits) {
    return offered() ? settings.group() : -1;
  }

  private boolean offered() {
    int[] groups = context.getSecurityParametersHandshake().getClientSupportedGroups();
    return groups == null || org.bouncycastle.util.Arrays.contains(groups, settings.group());
  }

  @Override
  protected Vector<ProtocolName> getProtocolNames() {
    return new Vector<>(List.of(ProtocolName.HTTP_1_1));
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    if (new CipherSuite(selectedCipherSuite).keyExchange().equals("RSA")) {
      return shown.decryptor(context, crypto);
    }
    return presented()
        .signer(
            context,
            crypto,
            context.getSecurityParametersHandshake().getClientSigAlgs(),
            TlsUtils.EMPTY_BYTES);
  }

  /** Nothing is stapled for those who have not asked (RFC 6066 §8). */
  private Presented presented() {
    return certificateStatusRequest == null ? new Presented(shown.identity(), null) : shown;
  }

  @Override
  public @Nullable CertificateStatus getCertificateStatus() {
    return presented().status();
  }

  @Override
  protected boolean allowCertificateStatus() {
    return shown.stapled() != null;
  }

  @Override
  public @Nullable CertificateRequest getCertificateRequest() throws IOException {
    Bytes root = settings.clientRoot();
    if (root == null) {
      return null;
    }
    return TlsUtils.isTLSv13(context)
        ? new CertificateRequest(TlsUtils.EMPTY_BYTES, vector(UNDERSTOOD), null, authorities(root))
        : new CertificateRequest(
            new short[] {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign},
            vector(UNDERSTOOD),
            authorities(root));
  }

  private static Vector<?> authorities(Bytes root) {
    return vector(List.of(Certificate.getInstance(root.toArray()).getSubject()));
  }

  // The library wants its lists so.
  @SuppressWarnings("JdkObsolete")
  private static <T> Vector<T> vector(List<T> list) {
    return new Vector<>(list);
  }

  /**
   * Refuses with the alert that says why: {@code certificate_required} for none (RFC 8446
   * §4.4.2.4), before TLS 1.3 {@code handshake_failure} (RFC 5246 §7.4.6).
   */
  @Override
  public void notifyClientCertificate(org.bouncycastle.tls.Certificate theirs) throws IOException {
    Bytes root = settings.clientRoot();
    if (root == null) {
      return;
    }
    if (theirs.isEmpty()) {
      throw new TlsFatalAlert(
          TlsUtils.isTLSv13(context)
              ? AlertDescription.certificate_required
              : AlertDescription.handshake_failure);
    }
    CertificateChain chain =
        CertificateChain.of(CertificateAlert.der(theirs), TrustStore.of(List.of(root)));
    PathVerdict verdict =
        PathVerdict.ofClient(chain, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    if (!verdict.valid()) {
      throw new TlsFatalAlert(CertificateAlert.of(verdict).description());
    }
  }
}
