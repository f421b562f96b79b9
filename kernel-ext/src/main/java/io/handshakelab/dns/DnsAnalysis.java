package io.handshakelab.dns;

import io.handshakelab.capture.Capture;
import java.util.List;

/** The DNS messages of one capture. A stub. */
public final class DnsAnalysis {
  private DnsAnalysis() {}

  /** UDP datagrams that are DNS messages, on any port. */
  public static List<DnsRow> of(Capture capture) {
    throw new UnsupportedOperationException("to be written");
  }
}
