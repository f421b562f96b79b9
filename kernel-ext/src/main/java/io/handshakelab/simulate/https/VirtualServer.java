package io.handshakelab.simulate.https;

import io.handshakelab.lab.Issued;
import io.handshakelab.lab.LoggingCrypto;
import io.handshakelab.lab.TlsVersions;
import io.handshakelab.tls.registry.CipherSuite;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * The server of a simulated visit: one version, one suite, one group. Under TLS 1.2 it gives a
 * session ticket to those who ask (RFC 5077); as for TLS 1.3, the library has no tickets yet.
 */
final class VirtualServer extends AbstractTlsServer {
  private static final int TICKET_LENGTH = 192;
  private static final long TICKET_SECONDS = 7200;

  private final LoggingCrypto crypto;
  private final TlsChoice choice;
  private final Issued identity;
  private final Sessions sessions;
  private byte[] offeredTicket = TlsUtils.EMPTY_BYTES;
  private boolean mayTicket;
  private byte[] newTicket = TlsUtils.EMPTY_BYTES;

  VirtualServer(LoggingCrypto crypto, TlsChoice choice, Issued identity, Sessions sessions) {
    super(crypto);
    this.crypto = crypto;
    this.choice = choice;
    this.identity = identity;
    this.sessions = sessions;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return choice.version() == TlsVersions.V1_3
        ? ProtocolVersion.TLSv13.only()
        : ProtocolVersion.TLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {choice.suite()};
  }

  @Override
  public int[] getSupportedGroups() {
    return new int[] {choice.group()};
  }

  /** There is no OCSP responder that could have given one. */
  @Override
  protected boolean allowCertificateStatus() {
    return false;
  }

  @Override
  protected int selectDH(int minimumBits) {
    return choice.group();
  }

  @Override
  protected int selectECDH(int minimumBits) {
    return choice.group();
  }

  @Override
  protected Vector<ProtocolName> getProtocolNames() {
    return new Vector<>(List.of(ProtocolName.HTTP_1_1));
  }

  // The library's signature has a raw type.
  @SuppressWarnings("rawtypes")
  @Override
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    byte[] ticket = TlsUtils.getExtensionData(extensions, ExtensionType.session_ticket);
    mayTicket = ticket != null && choice.version() == TlsVersions.V1_2;
    offeredTicket = ticket == null ? TlsUtils.EMPTY_BYTES : ticket;
  }

  @Override
  public @Nullable TlsSession getSessionToResume(byte[] sessionId) {
    SessionParameters known = sessions.of(offeredTicket);
    return known == null || sessionId.length == 0 ? null : TlsUtils.importSession(sessionId, known);
  }

  /**
   * An empty session_ticket announces a ticket (RFC 5077 §3.2); who comes with one gets no other.
   */
  // The library's signature has a raw type.
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  public void getServerExtensionsForConnection(Hashtable extensions) throws IOException {
    super.getServerExtensionsForConnection(extensions);
    if (context.getSecurityParametersHandshake().isResumedSession()) {
      extensions.remove(ExtensionType.session_ticket);
    } else if (mayTicket) {
      extensions.put(ExtensionType.session_ticket, TlsUtils.EMPTY_BYTES);
    }
  }

  /** To the client a ticket is nothing but octets, so that any octets will do. */
  @Override
  public NewSessionTicket getNewSessionTicket() {
    newTicket = new byte[TICKET_LENGTH];
    crypto.getSecureRandom().nextBytes(newTicket);
    return new NewSessionTicket(TICKET_SECONDS, newTicket.clone());
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    TlsSession session = context.getSession();
    SessionParameters parameters = session == null ? null : session.exportSessionParameters();
    if (parameters != null && newTicket.length > 0) {
      sessions.keep(newTicket, parameters);
    }
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    String exchange = new CipherSuite(choice.suite()).keyExchange();
    if (exchange.equals("RSA")) {
      return Credentials.decryptor(context, crypto, identity);
    }
    return Credentials.signer(
        context,
        crypto,
        identity,
        choice.isEcdsa() ? SignatureAlgorithm.ecdsa : SignatureAlgorithm.rsa,
        context.getSecurityParametersHandshake().getClientSigAlgs(),
        null);
  }

  @Override
  public @Nullable CertificateRequest getCertificateRequest() throws IOException {
    if (!choice.clientAuth()) {
      return null;
    }
    return choice.version() == TlsVersions.V1_3
        ? new CertificateRequest(
            TlsUtils.EMPTY_BYTES,
            TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
            null,
            authorities())
        : new CertificateRequest(
            new short[] {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign},
            TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
            authorities());
  }

  // The library wants a Vector.
  @SuppressWarnings("JdkObsolete")
  private static Vector<X500Name> authorities() {
    byte[] name = Identity.authority().root().getSubjectX500Principal().getEncoded();
    return new Vector<>(List.of(X500Name.getInstance(name)));
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) {
    // Asked for, and not judged.
  }

  /** What servers of one visit remember of earlier connections. */
  static final class Sessions {
    private byte[] ticket = TlsUtils.EMPTY_BYTES;
    private @Nullable SessionParameters parameters;

    private void keep(byte[] given, SessionParameters session) {
      ticket = given.clone();
      parameters = session;
    }

    private @Nullable SessionParameters of(byte[] offered) {
      return offered.length > 0 && Arrays.equals(offered, ticket) ? parameters : null;
    }
  }
}
