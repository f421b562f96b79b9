package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import io.handshakelab.tls.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The HTTPS server of the lab where Java's own TLS does not let us: it shows any certificates,
 * right or wrong, staples what it is given, and says with the right alert why it refuses a client.
 */
final class BouncyTls implements TlsEndpoint {
  private static final String TLS12_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String TLS13_SUITE = "TLS_AES_128_GCM_SHA256";

  private final BouncyServer.Settings settings;

  private final Supplier<Presented> presented;

  private BouncyTls(BouncyServer.Settings settings, Supplier<Presented> presented) {
    this.settings = settings;
    this.presented = presented;
  }

  /**
   * @param presented what the server shows: asked for anew for each client
   * @param clientRoot whom the clients' certificates must come from
   */
  static BouncyTls of(LabServers.Options options, Supplier<Presented> presented, Bytes clientRoot) {
    return new BouncyTls(
        new BouncyServer.Settings(
            options.tls(),
            suites(options),
            number(Registry.NAMED_GROUP, options.group()),
            options.clientAuth() ? clientRoot : null),
        presented);
  }

  private static int[] suites(LabServers.Options options) {
    String wanted = options.cipher();
    if (wanted == null) {
      int tls12 = number(Registry.CIPHER_SUITE, TLS12_SUITE);
      int tls13 = number(Registry.CIPHER_SUITE, TLS13_SUITE);
      return switch (options.tls()) {
        case V1_2 -> new int[] {tls12};
        case V1_3 -> new int[] {tls13};
        case ANY -> new int[] {tls13, tls12};
      };
    }
    int suite = number(Registry.CIPHER_SUITE, wanted);
    if (suite < 0 || !TlsUtils.isSupportedCipherSuite(new BcTlsCrypto(), suite)) {
      throw new Problem(
          "the HTTPS server of the lab has no cipher suite " + wanted,
          "take one such as " + TLS12_SUITE + " or " + TLS13_SUITE);
    }
    return new int[] {suite};
  }

  private static int number(Registry registry, String name) {
    for (Map.Entry<Integer, String> entry : registry.names().entrySet()) {
      if (entry.getValue().equals(name)) {
        return entry.getKey();
      }
    }
    return -1;
  }

  @Override
  public Secured over(Socket accepted) throws IOException {
    Flights flights = new Flights(accepted.getInputStream(), accepted.getOutputStream());
    TlsServerProtocol protocol = new TlsServerProtocol(flights.input(), flights.output());
    try {
      protocol.accept(
          new BouncyServer(new BcTlsCrypto(new SecureRandom()), settings, presented.get()));
      flights.send();
    } catch (IOException | RuntimeException e) {
      sendLast(flights);
      throw e instanceof IOException known ? known : new IOException(e);
    }
    return new Spoken(protocol, flights);
  }

  /** The alert that says why. */
  private static void sendLast(Flights flights) {
    try {
      flights.send();
    } catch (IOException e) {
      // The client has broken off before.
    }
  }

  private record Spoken(TlsServerProtocol protocol, Flights flights) implements Secured {
    @Override
    public InputStream input() {
      return protocol.getInputStream();
    }

    @Override
    public OutputStream output() {
      return protocol.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      protocol.close();
      flights.send();
    }
  }
}
