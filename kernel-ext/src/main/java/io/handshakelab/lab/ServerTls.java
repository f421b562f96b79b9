package io.handshakelab.lab;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * How the HTTPS server of the lab speaks TLS as long as nothing is special about it: the JDK's own
 * implementation, held to the options.
 */
final class ServerTls implements TlsEndpoint {
  private static final String TLS12_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String TLS13_SUITE = "TLS_AES_128_GCM_SHA256";

  private final SSLContext context;
  private final SSLParameters parameters;

  private ServerTls(SSLContext context, SSLParameters parameters) {
    this.context = context;
    this.parameters = parameters;
  }

  static ServerTls of(LabServers.Options options, X509Certificate[] chain, PrivateKey key) {
    try {
      char[] none = new char[0];
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, none);
      keys.setKeyEntry("leaf", key, none, chain);
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, none);
      SSLContext context = SSLContext.getInstance("TLS");
      // Not null: that would read the JDK's roots, which nobody asks here.
      context.init(keyManagers.getKeyManagers(), new TrustManager[0], null);
      return new ServerTls(context, parameters(options, context));
    } catch (GeneralSecurityException | IOException e) {
      throw new Problem(
          "the HTTPS server of the lab cannot set up TLS: " + e.getMessage(),
          "run doctor: it says whether this Java has what TLS needs",
          e);
    }
  }

  private static SSLParameters parameters(LabServers.Options options, SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(
        switch (options.tls()) {
          case V1_2 -> new String[] {"TLSv1.2"};
          case V1_3 -> new String[] {"TLSv1.3"};
          case ANY -> new String[] {"TLSv1.3", "TLSv1.2"};
        });
    parameters.setCipherSuites(suites(options, context));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    parameters.setAlgorithmConstraints(new GroupConstraint(options.group()));
    return parameters;
  }

  private static String[] suites(LabServers.Options options, SSLContext context) {
    String wanted = options.cipher();
    if (wanted == null) {
      return switch (options.tls()) {
        case V1_2 -> new String[] {TLS12_SUITE};
        case V1_3 -> new String[] {TLS13_SUITE};
        case ANY -> new String[] {TLS13_SUITE, TLS12_SUITE};
      };
    }
    List<String> known = List.of(context.getSupportedSSLParameters().getCipherSuites());
    if (!known.contains(wanted)) {
      throw new Problem(
          "the HTTPS server of the lab has no cipher suite " + wanted,
          "it has " + String.join(", ", known));
    }
    return new String[] {wanted};
  }

  @Override
  public Secured over(Socket accepted) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, false);
    socket.setUseClientMode(false);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(accepted.getSoTimeout());
    socket.startHandshake();
    return new Secured() {
      @Override
      public InputStream input() throws IOException {
        return socket.getInputStream();
      }

      @Override
      public OutputStream output() throws IOException {
        return socket.getOutputStream();
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }
}
