package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.simulate.TcpSocket;
import java.io.IOException;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TLS connection without a transport of its own: it is given what has arrived and
 * gives what is to be sent. Nothing in it waits, so that no thread is needed.
 */
final class TlsEnd {
  private final TlsProtocol protocol;
  private @Nullable IOException failure;

  private TlsEnd(TlsProtocol protocol) {
    this.protocol = protocol;
  }

  /** Begins a handshake: its ClientHello is ready to be sent. */
  static TlsEnd client(TlsClient client) {
    TlsClientProtocol protocol = new TlsClientProtocol();
    TlsEnd end = new TlsEnd(protocol);
    end.attempt(() -> protocol.connect(client));
    return end;
  }

  /** Waits for a ClientHello. */
  static TlsEnd server(TlsServer server) {
    TlsServerProtocol protocol = new TlsServerProtocol();
    TlsEnd end = new TlsEnd(protocol);
    end.attempt(() -> protocol.accept(server));
    return end;
  }

  private interface Step {
    void take() throws IOException;
  }

  /** What goes wrong is told to the other end by an alert, which is ready to be sent then. */
  private void attempt(Step step) {
    try {
      step.take();
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }

  /** Takes what has arrived, and gives what of it is for the application. */
  byte[] received(byte[] ciphertext) {
    if (!protocol.isClosed()) {
      attempt(() -> protocol.offerInput(ciphertext));
    }
    byte[] plaintext = new byte[protocol.getAvailableInputBytes()];
    protocol.readInput(plaintext, 0, plaintext.length);
    return plaintext;
  }

  /** Encrypts what the application says. */
  void write(byte[] plaintext) {
    attempt(() -> protocol.writeApplicationData(plaintext, 0, plaintext.length));
  }

  /** Says close_notify (RFC 5246 §7.2.1). */
  void close() {
    attempt(protocol::close);
  }

  /** What is to be sent now; it is forgotten here. */
  byte[] toSend() {
    byte[] ciphertext = new byte[protocol.getAvailableOutputBytes()];
    protocol.readOutput(ciphertext, 0, ciphertext.length);
    return ciphertext;
  }

  /** Sends what is to be sent now. */
  void sendOver(TcpSocket socket) {
    byte[] ciphertext = toSend();
    if (ciphertext.length > 0) {
      socket.write(Bytes.wrap(ciphertext));
    }
  }

  /** Whether the handshake is done and nobody has said close_notify. */
  boolean isConnected() {
    return protocol.isConnected();
  }

  boolean isClosed() {
    return protocol.isClosed();
  }

  /** What went wrong, if something did. */
  @Nullable IOException failure() {
    return failure;
  }
}
