package io.handshakelab.lab;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** How a server speaks TLS on a connection that it has accepted. */
interface TlsEndpoint {
  /** Holds the handshake; closing what comes out sends close_notify and leaves the socket open. */
  Secured over(Socket accepted) throws IOException;

  /** A connection after its handshake. */
  interface Secured extends Closeable {
    InputStream input() throws IOException;

    OutputStream output() throws IOException;
  }
}
