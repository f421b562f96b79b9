package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import io.handshakelab.lab.Issued;
import io.handshakelab.lab.KeyLog;
import io.handshakelab.lab.LoggingCrypto;
import io.handshakelab.lab.Repeatable;
import io.handshakelab.lab.TlsVersions;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.Host;
import io.handshakelab.simulate.ListenerOptions;
import io.handshakelab.simulate.SeededRandom;
import io.handshakelab.simulate.Simulation;
import io.handshakelab.simulate.SimulationOptions;
import io.handshakelab.simulate.SimulationResult;
import io.handshakelab.simulate.TcpHandler;
import io.handshakelab.tcp.Sender;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole HTTPS visit over the virtual network: DNS, HTTP 302, TCP, TLS, one request, close. The
 * TLS ends are real, so that the capture can be decrypted and every signature checked.
 */
public final class HttpsVisit {
  public static final String NAME = "https";

  /** What to look for in it. */
  public static final String SENTENCE =
      "DNS, a redirect, TCP, TLS and one request: count the round trips before the first byte.";

  private static final String CLIENT = "192.0.2.10";
  private static final String SERVER = "198.51.100.20";
  private static final String NAME_SERVER = "198.51.100.53";
  private static final int DNS_PORT = 53;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final Simulation simulation;
  private final TlsChoice choice;
  private final long seed;
  private final Host client;
  private final Endpoint nameServer;
  private final Issued identity;
  private final VirtualServer.Sessions sessions = new VirtualServer.Sessions();
  private final KeyLog keyLog = new KeyLog();
  private final List<String> troubles = new ArrayList<>();
  private boolean resumes;
  private int served;

  private HttpsVisit(SimulationOptions options, TlsChoice choice, boolean resumes) {
    this.simulation = new Simulation(NAME, options);
    this.choice = choice;
    this.seed = options.seed();
    this.resumes = resumes;
    this.identity =
        choice.isEcdsa()
            ? Identity.ecServer(seed, Http.HOST, "lab.test")
            : Identity.rsaServer(seed, Http.HOST, "lab.test");
    this.client = simulation.client(CLIENT);
    Host server = simulation.server(SERVER);
    server.listen(
        HTTP_PORT, ListenerOptions.USUAL, socket -> new WebServers.Redirecting(server.clock()));
    server.listen(HTTPS_PORT, ListenerOptions.USUAL, socket -> secure(server));
    Bytes address = server.endpoint(0).address();
    Host nameServer = simulation.host(Sender.SERVER, NAME_SERVER, false);
    this.nameServer = nameServer.endpoint(DNS_PORT);
    nameServer.datagrams(
        DNS_PORT, (socket, from, payload) -> socket.send(from, Dns.answer(payload, address)));
  }

  /**
   * Makes a visit. The capture is taken at the client, where its waiting is to be seen, unless the
   * options say otherwise.
   *
   * @param resumes whether a second one follows that goes on with the TLS session of the first
   */
  public static Made make(SimulationOptions options, TlsChoice choice, boolean resumes) {
    if (resumes && choice.version() == TlsVersions.V1_3) {
      throw new Problem(
          "the TLS of the simulated ends does not resume sessions of TLS 1.3",
          "take 1.2, or see a ticket of TLS 1.3 in a visit to the lab: serve start --tls 1.3");
    }
    boolean open = options.vantage() == null;
    HttpsVisit visit =
        new HttpsVisit(
            open ? options.toBuilder().vantage(Vantage.CLIENT).build() : options, choice, resumes);
    visit.lookUp();
    SimulationResult result = visit.simulation.run();
    return new Made(result, visit);
  }

  /** A visit that was made. */
  public static final class Made {
    private final SimulationResult result;
    private final HttpsVisit visit;

    private Made(SimulationResult result, HttpsVisit visit) {
      this.result = result;
      this.visit = visit;
    }

    /** What TCP did. */
    public SimulationResult result() {
      return result;
    }

    /** With the secrets that open it. */
    public Capture capture() {
      Capture capture = result.capture().withSecrets(visit.keyLog.secrets());
      capture = capture.withSource(capture.source() + ", " + visit.choice.words());
      for (String trouble : visit.troubles) {
        capture = capture.withWarning(trouble);
      }
      return capture;
    }
  }

  /** The root that simulated clients believe; its key is no secret. */
  public static Bytes trustRoot() {
    return Identity.authority().rootDer();
  }

  private void lookUp() {
    SeededRandom random = simulation.random("lookup");
    int port = 32_768 + random.below(16_384);
    new NameLookup(
            client,
            port,
            random.below(1 << 16),
            nameServer,
            this::askInTheClear,
            () -> troubles.add("no answer came from the name server"))
        .ask();
  }

  private void askInTheClear(Bytes address) {
    client.connect(
        new Endpoint(address, HTTP_PORT),
        new Visitors.Plain(() -> askOverTls(address, null), trouble("HTTP")));
  }

  private void askOverTls(Bytes address, VirtualClient.@Nullable Ticket ticket) {
    VirtualClient peer =
        new VirtualClient(
            new LoggingCrypto(random(ticket == null ? "client" : "client again"), keyLog),
            Http.HOST,
            choice,
            choice.clientAuth() ? Identity.client(seed, "client.lab.test") : null,
            ticket,
            new CertificateJudge(
                Http.HOST, Identity.authority().rootDer(), WebServers.now(simulation.clock())));
    client.connect(
        new Endpoint(address, HTTPS_PORT),
        new Visitors.Secure(
            client.clock(),
            TlsEnd.client(peer),
            () -> visitAgain(address, peer),
            trouble("HTTPS")));
  }

  private void visitAgain(Bytes address, VirtualClient before) {
    if (!resumes) {
      return;
    }
    resumes = false;
    VirtualClient.Ticket ticket = before.ticketForNextTime();
    if (ticket == null) {
      troubles.add("the server gave no session ticket, so that nothing can be resumed");
    } else {
      askOverTls(address, ticket);
    }
  }

  private TcpHandler secure(Host server) {
    served++;
    VirtualServer peer =
        new VirtualServer(
            new LoggingCrypto(random("server " + served), new KeyLog()),
            choice,
            identity,
            sessions);
    return new WebServers.Secure(server.clock(), TlsEnd.server(peer));
  }

  private SecureRandom random(String purpose) {
    return Repeatable.random(seed, purpose);
  }

  private Consumer<String> trouble(String what) {
    return why -> troubles.add("the visit over " + what + " failed: " + why);
  }
}
