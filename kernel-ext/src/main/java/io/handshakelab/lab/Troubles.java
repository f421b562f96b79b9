package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** Says in one line why a step of a visit failed, and what to try. */
final class Troubles {
  private static final String KEPT = "; what was exchanged until then is in the capture";

  private final Duration timeout;

  Troubles(Duration timeout) {
    this.timeout = timeout;
  }

  Problem inConnect(VisitTarget at, InetSocketAddress address, IOException why) {
    String where =
        at.authority()
            + " ("
            + address.getAddress().getHostAddress()
            + " port "
            + address.getPort()
            + ")";
    if (why instanceof ClosedByInterruptException) {
      return interrupted(why);
    }
    if (why instanceof ConnectException) {
      return new Problem(
          where + " refuses the connection: nothing listens there",
          "look at the port, or whether the server runs",
          why);
    }
    if (why instanceof SocketTimeoutException) {
      return new Problem(
          "no answer from " + where + " within " + time() + " to the request for a connection",
          "a firewall may drop it; allow more time with --timeout",
          why);
    }
    return new Problem(
        where + " cannot be reached: " + why.getMessage(), "look at the network: run doctor", why);
  }

  Problem inHttp(VisitTarget at, IOException why) {
    if (why instanceof ClosedByInterruptException) {
      return interrupted(why);
    }
    if (why instanceof SocketTimeoutException) {
      return new Problem(
          "no complete answer from " + at.authority() + " within " + time() + " to the request",
          "the server may be slow: allow more time with --timeout" + KEPT,
          why);
    }
    if (why instanceof HttpReply.NotHttp) {
      return new Problem(
          at.authority() + " does not speak HTTP there",
          "look at the port: another service may be behind it" + KEPT,
          why);
    }
    if (why instanceof TlsFatalAlertReceived alert) {
      return alert(at, alert);
    }
    return new Problem(
        at.authority() + " ended the connection before its answer was complete",
        "try again" + KEPT,
        why);
  }

  Problem inHandshake(VisitTarget at, Exception why, TimedInput in) {
    boolean ended = in.ended() || why instanceof SocketException;
    Bytes first = in.first();
    if (why instanceof ClosedByInterruptException) {
      return interrupted(why);
    }
    if (!first.isEmpty() && !looksLikeTls(first)) {
      return new Problem(
          at.authority() + " does not speak TLS there: its answer begins with " + shown(first),
          "look at the port; for plain HTTP write http://" + at.authority() + at.path(),
          why);
    }
    if (why instanceof SocketTimeoutException || why.getCause() instanceof SocketTimeoutException) {
      return new Problem(
          "no answer from " + at.authority() + " within " + time() + " in the TLS handshake",
          "it may not speak TLS there, or be slow: allow more time with --timeout" + KEPT,
          why);
    }
    if (why instanceof TlsFatalAlertReceived alert) {
      return alert(at, alert);
    }
    if (ended) {
      return new Problem(
          at.authority() + " ended the connection in the TLS handshake",
          "it may not speak TLS there, or no version that was offered (--tls)" + KEPT,
          why);
    }
    String reason =
        why instanceof TlsFatalAlert alert
            ? AlertDescription.getText(alert.getAlertDescription())
            : "a message that cannot be read";
    return new Problem(
        "the TLS handshake with " + at.authority() + " failed on our side: " + reason,
        "look at the tls table: the last message of the server is the one to blame" + KEPT,
        why);
  }

  private static Problem alert(VisitTarget at, TlsFatalAlertReceived alert) {
    return new Problem(
        at.authority()
            + " answered with the TLS alert "
            + AlertDescription.getText(alert.getAlertDescription()),
        "it refuses what was offered: try another version with --tls" + KEPT,
        alert);
  }

  private static Problem interrupted(Exception why) {
    return new Problem("interrupted", "run it again" + KEPT, why);
  }

  /** A record begins with its type, 20 to 23, and the major version 3 (RFC 8446 §5.1). */
  private static boolean looksLikeTls(Bytes first) {
    int type = first.u8(0);
    return type >= 20 && type <= 23 && (first.length() < 2 || first.u8(1) == 3);
  }

  private static String shown(Bytes first) {
    boolean text = true;
    for (int i = 0; i < first.length(); i++) {
      int octet = first.u8(i);
      text &= octet == '\r' || octet == '\n' || (octet >= ' ' && octet < 0x7f);
    }
    return text
        ? "\"" + first.latin1().replace("\r", "\\r").replace("\n", "\\n") + "\""
        : "the bytes " + first.hex();
  }

  private String time() {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
