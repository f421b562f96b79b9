package io.handshakelab.analysis;

import io.handshakelab.capture.Capture;
import io.handshakelab.dns.DnsAnalysis;
import io.handshakelab.dns.DnsRow;
import io.handshakelab.http.HttpAnalysis;
import io.handshakelab.http.HttpMessage;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import io.handshakelab.x509.RevocationEvidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One capture with everything that can be read from it, each part when it is first asked for. */
public final class Analysis {
  /** Of larger captures nobody has to wait for what was not asked for. */
  private static final int MOST_READ_AHEAD = 500_000;

  private final Capture capture;
  private final Once<TcpAnalysis> tcp;
  private final Once<TlsAnalysis> tls;
  private final Once<List<HttpMessage>> http;
  private final Once<List<DnsRow>> dns;

  private Analysis(Capture capture) {
    this.capture = capture;
    tcp = new Once<>(() -> TcpAnalysis.of(capture));
    tls = new Once<>(() -> TlsAnalysis.of(tcp.get()));
    http = new Once<>(() -> HttpAnalysis.of(tcp.get(), tls.get()));
    dns = new Once<>(() -> DnsAnalysis.of(capture, tcp::get));
  }

  public static Analysis of(Capture capture) {
    return new Analysis(capture);
  }

  /**
   * Begins to read segments and messages in the background, so that they are there when somebody
   * asks; of a very large capture not.
   *
   * @return who reads, or null
   */
  public @Nullable Thread readAhead() {
    if (capture.frameCount() > MOST_READ_AHEAD) {
      return null;
    }
    Thread ahead = new Thread(this::tls, "read-ahead");
    ahead.setDaemon(true);
    // Whatever goes wrong goes wrong again, and is told, when somebody asks.
    ahead.setUncaughtExceptionHandler((thread, thrown) -> {});
    ahead.start();
    return ahead;
  }

  public Capture capture() {
    return capture;
  }

  public TcpAnalysis tcp() {
    return tcp.get();
  }

  public TlsAnalysis tls() {
    return tls.get();
  }

  public List<HttpMessage> http() {
    return http.get();
  }

  public List<DnsRow> dns() {
    return dns.get();
  }

  /** What it holds about certificates that were revoked. */
  public RevocationEvidence revocations() {
    return Revocations.in(this);
  }

  /** The phases of the visits in the capture. */
  public List<Phase> phases() {
    return Phases.of(this);
  }
}
