package io.handshakelab.oracle;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own TLS, by itself and under its HttpClient; it trusts everybody. */
final class JavaClient {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private JavaClient() {}

  /** Says a line and waits for one. */
  static String talk(String host, String protocol, String line) throws Exception {
    try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(host, 443)) {
      socket.setSoTimeout((int) WAIT.toMillis());
      socket.setEnabledProtocols(new String[] {protocol});
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(line.length() + 1);
      return new String(answer, StandardCharsets.US_ASCII).strip();
    }
  }

  static int get(String url, HttpClient.Version version, String protocol) throws Exception {
    SSLContext context = context();
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(context)
            .sslParameters(parameters)
            .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(WAIT).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static SSLContext context() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
    return context;
  }

  /** Nor does it check names, as {@code X509TrustManager} would. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
