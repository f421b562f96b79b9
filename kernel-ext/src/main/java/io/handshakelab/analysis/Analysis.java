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
  private final Capture capture;
  private @Nullable TcpAnalysis tcp;
  private @Nullable TlsAnalysis tls;
  private @Nullable List<HttpMessage> http;
  private @Nullable List<DnsRow> dns;

  private Analysis(Capture capture) {
    this.capture = capture;
  }

  public static Analysis of(Capture capture) {
    return new Analysis(capture);
  }

  public Capture capture() {
    return capture;
  }

  public synchronized TcpAnalysis tcp() {
    TcpAnalysis known = tcp;
    if (known == null) {
      known = TcpAnalysis.of(capture);
      tcp = known;
    }
    return known;
  }

  public synchronized TlsAnalysis tls() {
    TlsAnalysis known = tls;
    if (known == null) {
      known = TlsAnalysis.of(tcp());
      tls = known;
    }
    return known;
  }

  public synchronized List<HttpMessage> http() {
    List<HttpMessage> known = http;
    if (known == null) {
      known = HttpAnalysis.of(tcp(), tls());
      http = known;
    }
    return known;
  }

  public synchronized List<DnsRow> dns() {
    List<DnsRow> known = dns;
    if (known == null) {
      known = DnsAnalysis.of(capture, this::tcp);
      dns = known;
    }
    return known;
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
