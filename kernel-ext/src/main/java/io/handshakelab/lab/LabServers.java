package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lab on this machine's loopback: a name server for {@code lab.test}, an HTTP server that sends
 * everybody to HTTPS, and an HTTPS server with a throwaway chain root → intermediate → leaf.
 *
 * <pre>{@code
 * try (LabServers lab = LabServers.builder().tls("1.2").start()) {
 *   VisitResult result = Visit.to(LabServers.WWW).servers(lab).run();
 * }
 * }</pre>
 */
public final class LabServers implements AutoCloseable {
  /** The zone that the lab's name server answers for; .test is reserved (RFC 6761 §6.2). */
  public static final String ZONE = "lab.test";

  public static final String WWW = "www." + ZONE;

  private final Options options;
  private final LabAuthority authority;
  private final Publications published;
  private final DnsService dns;
  private final WebService http;
  private final WebService https;
  private volatile boolean running = true;

  private LabServers(
      Options options,
      LabAuthority authority,
      Publications published,
      DnsService dns,
      WebService http,
      WebService https) {
    this.options = options;
    this.authority = authority;
    this.published = published;
    this.dns = dns;
    this.http = http;
    this.https = https;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The lab of the tutorials: TLS 1.2, ports chosen freely. */
  public static LabServers start() {
    return builder().start();
  }

  /** Whether this name lies in the lab's zone. */
  public static boolean isLabName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return bare.equals(ZONE) || bare.endsWith("." + ZONE);
  }

  public int dnsPort() {
    return dns.port();
  }

  public int httpPort() {
    return http.port();
  }

  public int httpsPort() {
    return https.port();
  }

  /** Where the name server listens. */
  public InetSocketAddress nameServer() {
    return new InetSocketAddress(loopback(), dns.port());
  }

  /** Where a visit begins, if it does not want to be redirected. */
  public String url() {
    return "https://" + WWW + ":" + httpsPort() + "/";
  }

  public TlsVersions tls() {
    return options.tls();
  }

  /** The lab's certification authority, whose root the server does not send. */
  public LabAuthority authority() {
    return authority;
  }

  /** The root certificate in DER, for those who want to trust the lab. */
  public Bytes trustRoot() {
    return authority.rootDer();
  }

  /** Where one can hear what was revoked: the two lists, and the responder (RFC 6960). */
  public String publications() {
    return "CRL    "
        + published.revocationList()
        + " (the intermediate's), "
        + published.rootRevocationList()
        + " (the root's)\nOCSP   "
        + published.responder();
  }

  public boolean isRunning() {
    return running;
  }

  /** What runs where, one line each. */
  public String status() {
    if (!running) {
      return "the lab is stopped";
    }
    String suite = options.cipher() == null ? "" : ", " + options.cipher();
    return String.join(
        "\n",
        "DNS    127.0.0.1:" + dnsPort() + " (UDP), authoritative for " + ZONE,
        "HTTP   http://" + WWW + ":" + httpPort() + "/ → 302 Found",
        "HTTPS  "
            + url()
            + " (TLS "
            + options.tls().label()
            + suite
            + ", "
            + options.group()
            + (options.clientAuth() ? ", asks for the client's certificate" : "")
            + ")"
            + faultLine());
  }

  private String faultLine() {
    Fault fault = options.fault();
    return fault == null ? "" : "\nfault  " + fault.label() + ": " + fault.wrong();
  }

  /** What is wrong with the certificates, if anything is. */
  public @Nullable Fault fault() {
    return options.fault();
  }

  /** Whether the server insists on a certificate of the client. */
  public boolean asksForClient() {
    return options.clientAuth();
  }

  /** Stops all three and gives their ports back; may be called again. */
  @Override
  public void close() {
    running = false;
    dns.close();
    http.close();
    https.close();
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How the lab is to behave. */
  record Options(
      TlsVersions tls,
      @Nullable String cipher,
      String group,
      boolean clientAuth,
      @Nullable Fault fault,
      int dnsPort,
      int httpPort,
      int httpsPort,
      @Nullable Long seed) {}

  /** Says what differs from the lab of the tutorials. */
  public static final class Builder {
    private TlsVersions tls = TlsVersions.V1_2;
    private @Nullable String cipher;
    private String group = "secp256r1";
    private boolean clientAuth;
    private @Nullable Fault fault;
    private int dnsPort;
    private int httpPort;
    private int httpsPort;
    private @Nullable Long seed;
    private @Nullable LabAuthority authority;

    private Builder() {}

    /** {@code 1.2} unless told otherwise, {@code 1.3}, or {@code any}. */
    public Builder tls(String versions) {
      this.tls = TlsVersions.of(versions);
      return this;
    }

    /** The only cipher suite, by its IANA name. */
    public Builder cipher(@Nullable String suite) {
      this.cipher = suite;
      return this;
    }

    /** The only named group: {@code secp256r1} unless told otherwise. */
    public Builder group(String name) {
      if (!GroupConstraint.KNOWN.contains(name)) {
        throw new Problem(
            "no named group \"" + name + "\" here",
            "take one of " + String.join(", ", GroupConstraint.KNOWN));
      }
      this.group = name;
      return this;
    }

    /** Whether the server insists on a certificate of the client. */
    public Builder clientAuth(boolean asks) {
      this.clientAuth = asks;
      return this;
    }

    /** The UDP port of the name server; 0 takes any free one. */
    public Builder dnsPort(int port) {
      this.dnsPort = port(port);
      return this;
    }

    public Builder httpPort(int port) {
      this.httpPort = port(port);
      return this;
    }

    public Builder httpsPort(int port) {
      this.httpsPort = port(port);
      return this;
    }

    /** Makes keys and certificates that are the same for the same number. */
    public Builder seed(@Nullable Long number) {
      this.seed = number;
      return this;
    }

    /** Lets something be wrong with the certificates, by the name of the fault. */
    public Builder fault(@Nullable String name) {
      this.fault =
          name == null
              ? null
              : Fault.of(name)
                  .orElseThrow(
                      () ->
                          new Problem(
                              "the lab has no fault \"" + name + "\"",
                              "it has " + String.join(", ", Fault.labels())));
      return this;
    }

    /**
     * Takes the certificates of an authority that is there already, if there is no seed: making
     * keys takes its time.
     */
    public Builder authority(@Nullable LabAuthority known) {
      this.authority = known;
      return this;
    }

    private static int port(int number) {
      if (number < 0 || number > 0xffff) {
        throw new Problem("there is no port " + number, "take one from 1 to 65535, or 0 for any");
      }
      return number;
    }

    /** Makes the certificates and opens the ports; returns when all three servers answer. */
    public LabServers start() {
      Options options =
          new Options(tls, cipher, group, clientAuth, fault, dnsPort, httpPort, httpsPort, seed);
      LabAuthority issuer = authority;
      if (issuer == null || seed != null) {
        Clock clock = Clock.systemUTC();
        Long number = seed;
        issuer =
            number == null
                ? LabAuthority.create(clock)
                : LabAuthority.create(repeatable(number), clock);
      }
      LabServers lab = open(options, issuer);
      WarmUp.once(lab);
      return lab;
    }

    private static LabServers open(Options options, LabAuthority authority) {
      InetAddress here = loopback();
      List<AutoCloseable> opened = new ArrayList<>();
      try {
        DnsService dns = new DnsService(here, options.dnsPort());
        opened.add(dns);
        // Certificates say where to ask about them, so that the port must be known before.
        HttpFront front = new HttpFront();
        WebService http = new WebService("lab-http", here, options.httpPort(), front);
        opened.add(http);
        Publications published = new Publications(authority, http.port());
        TlsEndpoint tls = endpoint(options, authority, published);
        WebService https =
            new WebService("lab-https", here, options.httpsPort(), WebPages.pageOver(tls));
        front.open(WebPages.redirectTo("https://" + WWW + ":" + https.port(), published));
        return new LabServers(options, authority, published, dns, http, https);
      } catch (IOException | RuntimeException e) {
        opened.forEach(Builder::close);
        if (e instanceof RuntimeException unexpected) {
          throw unexpected;
        }
        throw new Problem(
            "the lab cannot open one of its ports: " + e.getMessage(),
            "another program, or another lab, may have it: leave the port out to get a free one",
            e);
      }
    }

    private static void close(AutoCloseable service) {
      try {
        service.close();
      } catch (Exception e) {
        // Its port is given back when the process ends.
      }
    }

    /** What is revoked while the server runs is stapled from then on, and Bouncy Castle does it. */
    private static TlsEndpoint endpoint(
        Options options, LabAuthority authority, Publications published) {
      Fault fault = options.fault();
      Issued shown =
          fault == null ? authority.serving() : FaultyChain.of(fault, authority, published);
      X509Certificate leaf = shown.chain()[0];
      BooleanSupplier staples =
          fault == Fault.REVOKED_CRL
              ? () -> false
              : () -> fault == Fault.REVOKED_OCSP || published.isRevoked(leaf);
      Supplier<Presented> presented =
          () -> new Presented(shown, staples.getAsBoolean() ? published.statusOf(leaf) : null);
      if (fault != null || options.clientAuth()) {
        return BouncyTls.of(options, presented, authority.rootDer());
      }
      TlsEndpoint usual = ServerTls.of(options, shown.chain(), shown.key());
      return accepted ->
          (published.isRevoked(leaf)
                  ? BouncyTls.of(options, presented, authority.rootDer())
                  : usual)
              .over(accepted);
    }

    private static SecureRandom repeatable(long number) {
      try {
        // Seeded before its first use, this generator's output follows from the seed alone.
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(number);
        return random;
      } catch (GeneralSecurityException e) {
        throw new Problem("this Java has no seeded generator", "leave the seed out", e);
      }
    }
  }
}
