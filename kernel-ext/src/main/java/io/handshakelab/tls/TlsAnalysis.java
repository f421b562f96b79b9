package io.handshakelab.tls;

import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import java.util.List;

/** The TLS conversations of one capture. A stub. */
public final class TlsAnalysis {
  private TlsAnalysis() {}

  /** Reads the TLS connections among these, with the secrets of their capture. */
  public static TlsAnalysis of(TcpAnalysis tcp) {
    throw new UnsupportedOperationException("to be written");
  }

  /** In the order of the capture (frame, then position in the stream). */
  public List<TlsMessage> messages() {
    throw new UnsupportedOperationException("to be written");
  }

  /** The leaves of message {@code number}, in order; they tile it. */
  public List<Field> fields(int number) {
    throw new UnsupportedOperationException("to be written");
  }

  public List<CertificateList> certificates() {
    throw new UnsupportedOperationException("to be written");
  }

  /** Decrypted application data, one view for each direction of each connection that has any. */
  public List<StreamView> plaintext() {
    throw new UnsupportedOperationException("to be written");
  }

  /** Whether this connection speaks TLS. */
  public boolean isTls(int connection) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Such as that no line of the key log matched. */
  public List<String> warnings() {
    throw new UnsupportedOperationException("to be written");
  }
}
