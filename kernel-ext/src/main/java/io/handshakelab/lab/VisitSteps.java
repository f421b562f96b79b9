package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Secrets;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of one visit, one after the other. */
final class VisitSteps {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_ADDRESSES = 4;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** The lab always ends its side, but on a busy machine its turn may come late. */
  private static final Duration LAST_WORDS_OF_THE_LAB = Duration.ofSeconds(5);

  private final Recorder recorder;
  private final @Nullable LabServers lab;
  private final Duration timeout;
  private final @Nullable TlsVersions tls;
  private final Credence credence;
  private final Troubles troubles;
  private final KeyLog keyLog = new KeyLog();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, List<InetAddress>> known = new HashMap<>();

  VisitSteps(
      Recorder recorder,
      @Nullable LabServers lab,
      Duration timeout,
      @Nullable TlsVersions tls,
      Credence credence) {
    this.recorder = recorder;
    this.lab = lab;
    this.timeout = timeout;
    this.tls = tls;
    this.credence = credence;
    this.troubles = new Troubles(timeout);
  }

  Secrets secrets() {
    return keyLog.secrets();
  }

  List<String> warnings() {
    return warnings;
  }

  /**
   * @param mayBeHttpOnly whether it is right to stop where HTTP redirects no further; else the
   *     visit goes on to HTTPS in any case
   */
  void visit(VisitTarget first, boolean mayBeHttpOnly, Visit.Until until) throws Refusal {
    if (until == Visit.Until.LOOKUP) {
      addresses(first.host());
      return;
    }
    VisitTarget at = first;
    for (int hops = 0; !at.secure(); hops++) {
      if (hops > MAX_REDIRECTS) {
        throw new Problem(
            "more than " + MAX_REDIRECTS + " redirects, the last one to " + at,
            "look at the http table: it shows where each one leads");
      }
      Optional<VisitTarget> next = redirect(at, mayBeHttpOnly || hops > 0);
      if (next.isEmpty() && mayBeHttpOnly) {
        return;
      }
      at = next.orElse(at.overTls());
    }
    if (until == Visit.Until.END) {
      fetch(at);
    }
  }

  private Optional<VisitTarget> redirect(VisitTarget at, boolean mustWork) {
    try {
      Optional<VisitTarget> next = hop(at);
      if (next.isEmpty()) {
        warnings.add(at + " does not redirect to HTTPS");
      }
      return next;
    } catch (Problem e) {
      boolean hopeless = known.getOrDefault(at.host(), List.of()).isEmpty();
      if (mustWork || hopeless) {
        throw e;
      }
      warnings.add("no redirect: " + e.whatHappened());
      return Optional.empty();
    }
  }

  /** One request over HTTP, and where its answer leads. */
  private Optional<VisitTarget> hop(VisitTarget at) {
    try (Socket socket = connect(at)) {
      TimedInput in = new TimedInput(socket, Deadline.in(timeout));
      try {
        socket.getOutputStream().write(ascii(HttpReply.request(at)));
        HttpReply reply = HttpReply.read(in);
        Optional<String> location = reply.header("location");
        return reply.isRedirect() ? location.map(at::follow) : Optional.empty();
      } finally {
        hangUp(socket, in);
      }
    } catch (IOException e) {
      throw troubles.inHttp(at, e);
    }
  }

  /** TLS, one request, its answer, and the end of it all. */
  private void fetch(VisitTarget at) throws Refusal {
    try (Socket socket = connect(at)) {
      TimedInput in = new TimedInput(socket, Deadline.in(timeout));
      try {
        new TlsVisit(socket, in, keyLog, troubles, timeout).run(at, offered(at), manners(at));
      } finally {
        hangUp(socket, in);
      }
    } catch (IOException e) {
      throw troubles.inHttp(at, e);
    }
  }

  private TlsVisit.Manners manners(VisitTarget at) {
    LabServers servers = lab;
    boolean ourLab =
        servers != null && LabServers.isLabName(at.host()) && port(at) == servers.httpsPort();
    return new TlsVisit.Manners(
        credence.checkOf(at, ourLab ? servers : null, this::document), credence.identity());
  }

  /** Something that a certificate refers to, over a connection of its own. */
  private Optional<Bytes> document(String url) {
    try {
      VisitTarget at = VisitTarget.parse(url);
      try (Socket socket = connect(at)) {
        TimedInput in = new TimedInput(socket, Deadline.in(timeout));
        try {
          socket.getOutputStream().write(ascii(HttpReply.request(at)));
          return HttpReply.document(in);
        } finally {
          hangUp(socket, in);
        }
      }
    } catch (IOException | Problem e) {
      warnings.add("what the certificate refers to cannot be had: " + url);
      return Optional.empty();
    }
  }

  /** See {@link Visit#tls}. */
  private TlsVersions offered(VisitTarget at) {
    if (tls != null) {
      return tls;
    }
    LabServers servers = lab;
    boolean labOf12 =
        servers != null && LabServers.isLabName(at.host()) && servers.tls() == TlsVersions.V1_2;
    return labOf12 ? TlsVersions.V1_2 : TlsVersions.ANY;
  }

  private Socket connect(VisitTarget at) {
    List<InetAddress> addresses = addresses(at.host());
    int port = port(at);
    Deadline deadline = Deadline.in(timeout);
    IOException last = new SocketTimeoutException();
    InetSocketAddress tried = new InetSocketAddress(addresses.get(0), port);
    for (InetAddress address : addresses.stream().limit(MAX_ADDRESSES).toList()) {
      tried = new InetSocketAddress(address, port);
      try {
        return recorder.connect(tried, deadline);
      } catch (IOException e) {
        last = e;
      }
      if (deadline.isOver()) {
        break;
      }
    }
    throw troubles.inConnect(at, tried, last);
  }

  private List<InetAddress> addresses(String host) {
    String key = host.toLowerCase(Locale.ROOT);
    List<InetAddress> before = known.get(key);
    if (before != null) {
      return before;
    }
    List<InetAddress> found =
        new NameLookup(recorder::ask, lab, warnings::add).addresses(host, Deadline.in(timeout));
    known.put(key, found);
    return found;
  }

  /** The lab's servers stand in for the well-known ports under its own names. */
  private int port(VisitTarget at) {
    LabServers servers = lab;
    boolean inLab = servers != null && LabServers.isLabName(at.host());
    int wellKnown = at.secure() ? 443 : 80;
    if (servers == null || !inLab || (at.port() >= 0 && at.port() != wellKnown)) {
      return at.port() < 0 ? wellKnown : at.port();
    }
    return at.secure() ? servers.httpsPort() : servers.httpPort();
  }

  /** Closes our side first, and waits a little for the server's (RFC 9293 §3.6). */
  private void hangUp(Socket socket, TimedInput in) {
    try {
      socket.shutdownOutput();
      in.until(Deadline.in(lab == null ? LAST_WORDS : LAST_WORDS_OF_THE_LAB));
      byte[] rest = new byte[8192];
      for (int i = 0; i < 256 && in.read(rest, 0, rest.length) >= 0; i++) {
        // What comes now is in the capture; nobody waits for it.
      }
    } catch (IOException e) {
      // The server has broken off, or keeps its side open: the capture shows it.
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
