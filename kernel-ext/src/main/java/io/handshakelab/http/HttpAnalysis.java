package io.handshakelab.http;

import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import java.util.List;

/** HTTP in the clear and in decrypted TLS. A stub. */
public final class HttpAnalysis {
  private HttpAnalysis() {}

  /** In the order of the capture. */
  public static List<HttpMessage> of(TcpAnalysis tcp, TlsAnalysis tls) {
    throw new UnsupportedOperationException("to be written");
  }
}
