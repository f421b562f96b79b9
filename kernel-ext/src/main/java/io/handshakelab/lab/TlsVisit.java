package io.handshakelab.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/** What happens over TLS on one connection: handshake, one request, its answer, close_notify. */
final class TlsVisit {
  private final Socket socket;
  private final TimedInput in;
  private final KeyLog keyLog;
  private final Troubles troubles;
  private final Duration timeout;

  TlsVisit(Socket socket, TimedInput in, KeyLog keyLog, Troubles troubles, Duration timeout) {
    this.socket = socket;
    this.in = in;
    this.keyLog = keyLog;
    this.troubles = troubles;
    this.timeout = timeout;
  }

  /** What the client does with certificates: the server's, and its own. */
  record Manners(@Nullable BrowserCheck check, @Nullable Issued identity) {}

  void run(VisitTarget at, TlsVersions versions, Manners manners) throws IOException, Refusal {
    Flights flights = new Flights(in, socket.getOutputStream());
    TlsClientProtocol protocol = new TlsClientProtocol(flights.input(), flights.output());
    LoggingCrypto crypto = new LoggingCrypto(new SecureRandom(), keyLog);
    VisitClient client =
        new VisitClient(crypto, serverName(at), versions, manners.check(), manners.identity());
    in.until(Deadline.in(timeout));
    try {
      protocol.connect(client);
    } catch (IOException | RuntimeException e) {
      sendLast(flights);
      refused(at, client, manners, e);
      throw troubles.inHandshake(at, e, in);
    }
    in.until(Deadline.in(timeout));
    try {
      OutputStream out = protocol.getOutputStream();
      out.write(VisitSteps.ascii(HttpReply.request(at)));
      out.flush();
      HttpReply.read(protocol.getInputStream());
    } catch (IOException e) {
      // In TLS 1.3 the client's certificate is judged when the client has finished.
      refused(at, client, manners, e);
      throw e;
    } catch (RuntimeException e) {
      throw troubles.inHandshake(at, e, in);
    } finally {
      sayGoodbye(protocol, flights);
    }
  }

  /** Ends with a finding, if it was about a certificate that somebody has broken off. */
  private static void refused(VisitTarget at, VisitClient client, Manners manners, Exception why)
      throws Refusal {
    CertificateAlert ours = client.refused();
    if (ours != null) {
      throw new Refusal(
          "the client refuses the certificate of "
              + at.authority()
              + " with the alert "
              + ours.name()
              + ": "
              + ours.because().subject()
              + ": "
              + ours.because().reason());
    }
    if (client.asked() && why instanceof TlsFatalAlertReceived theirs) {
      throw new Refusal(
          at.authority()
              + (manners.identity() == null
                  ? " insists on a certificate of the client, who has none"
                  : " refuses the client's certificate")
              + ": it sends the alert "
              + AlertDescription.getName(theirs.getAlertDescription()));
    }
  }

  private static void sayGoodbye(TlsClientProtocol protocol, Flights flights) {
    try {
      protocol.close();
      flights.send();
    } catch (IOException | RuntimeException e) {
      // The server has broken off before: the capture shows it.
    }
  }

  /**
   * Addresses are not allowed in server_name (RFC 6066 §3), nor is the dot at the end of a name.
   */
  private static @Nullable String serverName(VisitTarget at) {
    String host = at.host();
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    if (address) {
      return null;
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Such as the alert that says why we do not go on. */
  private static void sendLast(Flights flights) {
    try {
      flights.send();
    } catch (IOException e) {
      // The server has broken off before: the capture shows it.
    }
  }
}
