package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A program of its own, since what a JDK refuses to speak is settled when it starts: TLS as the JDK
 * has it, in every old version and with every old suite, between two ends in memory, written into
 * one capture with the master secrets in it.
 *
 * <p>Arguments: directory with {@code rsa.key}, {@code rsa.crt}, {@code ec.key}, {@code ec.crt};
 * the file to write.
 */
final class JsseTalks {
  private final Capture.Builder capture = Capture.builder("jsse");
  private final StringBuilder secrets = new StringBuilder();
  private final SSLContext context;
  private int talks;

  private JsseTalks(SSLContext context) {
    this.context = context;
  }

  public static void main(String[] arguments) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys(Path.of(arguments[0])).getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
    JsseTalks talks = new JsseTalks(context);
    for (String version : List.of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")) {
      for (String suite : context.getSupportedSSLParameters().getCipherSuites()) {
        // Each cipher once: what the keys were exchanged with makes no difference to it.
        if (suite.matches("..._(RSA|RSA_EXPORT|DH_anon_EXPORT|ECDHE_RSA|ECDHE_ECDSA)_WITH_.*")
            && !suite.matches(".*ECDHE.*_WITH_(AES.*_SHA|RC4_128_SHA|NULL_SHA|3DES.*)")) {
          talks.talk(version, suite, false);
        }
      }
    }
    talks.talk("SSLv2Hello,SSLv3", "SSL_RSA_WITH_RC4_128_SHA", false);
    talks.talk("SSLv2Hello,TLSv1", "TLS_RSA_WITH_AES_128_CBC_SHA", false);
    talks.talk("SSLv2Hello,TLSv1", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", true);
    CaptureFiles.write(
        talks.capture.secrets(Secrets.ofKeyLog(talks.secrets.toString())).build(),
        Path.of(arguments[1]),
        true);
  }

  private void talk(String version, String suite, boolean clientProves) throws Exception {
    SSLEngine client = engine(true, version, suite);
    SSLEngine server = engine(false, version, suite);
    server.setNeedClientAuth(clientProves);
    MadeUpConnection connection = new MadeUpConnection(40_000 + talks, 443);
    try {
      String hello = "from client: " + suite + " in " + version;
      while (isHandshaking(client) || isHandshaking(server)) {
        turn(client, server, connection, true);
        turn(server, client, connection, false);
      }
      send(client, server, connection, true, hello);
      send(server, client, connection, false, "from server: " + hello.repeat(30));
      send(client, server, connection, true, "");
      send(client, server, connection, true, "goodbye");
      client.closeOutbound();
      send(client, server, connection, true, "");
    } catch (SSLException e) {
      // This suite does not exist in this version, or needs a certificate that is not here.
      return;
    }
    talks++;
    connection.addTo(capture, talks);
    SSLSession session = client.getSession();
    Method master = session.getClass().getDeclaredMethod("getMasterSecret");
    master.setAccessible(true);
    HexFormat hex = HexFormat.of();
    secrets
        .append("CLIENT_RANDOM ")
        .append(connection.clientRandom().hex())
        .append(' ')
        .append(hex.formatHex(((SecretKey) master.invoke(session)).getEncoded()))
        .append('\n');
  }

  private SSLEngine engine(boolean client, String version, String suite) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(client);
    engine.setEnabledProtocols(version.split(",", -1));
    engine.setEnabledCipherSuites(new String[] {suite});
    return engine;
  }

  private static boolean isHandshaking(SSLEngine engine) throws SSLException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && engine.getSession().getCipherSuite().contains("NULL_NULL")) {
      engine.beginHandshake();
    }
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void turn(SSLEngine from, SSLEngine to, MadeUpConnection wire, boolean client)
      throws SSLException {
    while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      send(from, to, wire, client, "");
    }
  }

  private static void send(
      SSLEngine from, SSLEngine to, MadeUpConnection wire, boolean client, String text)
      throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    ByteBuffer data = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    do {
      from.wrap(data, out);
      tasks(from);
    } while (data.hasRemaining());
    out.flip();
    if (!out.hasRemaining()) {
      return;
    }
    byte[] record = new byte[out.remaining()];
    out.duplicate().get(record);
    wire.send(client, Bytes.wrap(record));
    ByteBuffer in = ByteBuffer.allocate(1 << 16);
    while (out.hasRemaining() && !to.isInboundDone()) {
      to.unwrap(out, in);
      tasks(to);
    }
  }

  private static void tasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static KeyManagerFactory keys(Path directory) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String name : List.of("rsa", "ec")) {
      String pem = Files.readString(directory.resolve(name + ".key"));
      String body = pem.replaceAll("-----.*?-----", "");
      PKCS8EncodedKeySpec spec =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body.strip()));
      KeyFactory factory = KeyFactory.getInstance(name.equals("rsa") ? "RSA" : "EC");
      try (InputStream in = Files.newInputStream(directory.resolve(name + ".crt"))) {
        Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        store.setKeyEntry(
            name,
            factory.generatePrivate(spec),
            new char[0],
            new ArrayList<>(List.of(certificate)).toArray(Certificate[]::new));
      }
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, new char[0]);
    return managers;
  }

  private static final class TrustAll implements X509TrustManager {
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
