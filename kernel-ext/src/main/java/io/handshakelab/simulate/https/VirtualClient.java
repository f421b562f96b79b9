package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.BrowserLikeClient;
import io.handshakelab.lab.Issued;
import io.handshakelab.lab.LoggingCrypto;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The client of a simulated visit: offers what a browser offers and what the server insists on. */
final class VirtualClient extends BrowserLikeClient {
  private static final int SESSION_ID_LENGTH = 32;

  private final LoggingCrypto crypto;
  private final TlsChoice choice;
  private final @Nullable Issued identity;
  private final @Nullable Ticket resumed;
  private final CertificateJudge judge;
  private byte[] ticket = TlsUtils.EMPTY_BYTES;

  /** A TLS 1.2 session that a server has given a ticket for (RFC 5077). */
  record Ticket(Bytes ticket, SessionParameters parameters) {}

  /**
   * @param identity the client's certificate, if it has one
   * @param resumed the session to go on with, if any
   */
  VirtualClient(
      LoggingCrypto crypto,
      String serverName,
      TlsChoice choice,
      @Nullable Issued identity,
      @Nullable Ticket resumed,
      CertificateJudge judge) {
    super(crypto, serverName, choice.version());
    this.crypto = crypto;
    this.choice = choice;
    this.identity = identity;
    this.resumed = resumed;
    this.judge = judge;
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    int[] usual = super.getSupportedCipherSuites();
    return Arrays.contains(usual, choice.suite()) ? usual : Arrays.append(usual, choice.suite());
  }

  // The library's signature has a raw type.
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  protected Vector getSupportedGroups(Vector roles) {
    Vector groups = super.getSupportedGroups(roles);
    if (isHybrid()) {
      groups.add(0, choice.group());
    } else if (!groups.contains(choice.group())) {
      groups.add(choice.group());
    }
    return groups;
  }

  /** As browsers do: a share for the hybrid group, if that is offered (it comes first then). */
  // The library's signature has a raw type.
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  public Vector getEarlyKeyShareGroups() {
    Vector groups = super.getEarlyKeyShareGroups();
    if (isHybrid()) {
      groups.add(0, choice.group());
    }
    return groups;
  }

  private boolean isHybrid() {
    return choice.group() == NamedGroup.X25519MLKEM768;
  }

  // The library's signature has a raw type.
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (resumed != null) {
      extensions.put(ExtensionType.session_ticket, resumed.ticket().toArray());
    }
    return extensions;
  }

  /**
   * With a ticket goes a session ID of the client's own making, which the server repeats if it
   * agrees (RFC 5077 §3.4).
   */
  @Override
  public @Nullable TlsSession getSessionToResume() {
    if (resumed == null) {
      return null;
    }
    byte[] id = new byte[SESSION_ID_LENGTH];
    crypto.getSecureRandom().nextBytes(id);
    return TlsUtils.importSession(id, resumed.parameters());
  }

  @Override
  public void notifyNewSessionTicket(NewSessionTicket given) throws IOException {
    super.notifyNewSessionTicket(given);
    ticket = given.getTicket();
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        judge.judge(certificate.getCertificate());
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request)
          throws IOException {
        return identity == null
            ? null
            : Credentials.signer(
                context,
                crypto,
                identity,
                SignatureAlgorithm.rsa,
                request.getSupportedSignatureAlgorithms(),
                request.getCertificateRequestContext());
      }
    };
  }

  /** What the server gave, for the next visit; null if it gave none. */
  @Nullable Ticket ticketForNextTime() {
    TlsSession session = context.getSession();
    SessionParameters parameters = session == null ? null : session.exportSessionParameters();
    return ticket.length == 0 || parameters == null
        ? null
        : new Ticket(Bytes.of(ticket), parameters);
  }
}
