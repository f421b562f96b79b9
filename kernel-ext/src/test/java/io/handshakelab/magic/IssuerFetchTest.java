package io.handshakelab.magic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.TrustStore;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerFetchTest {
  private final List<String> notices = new ArrayList<>();
  private KeyPair rootKey;
  private KeyPair middleKey;
  private Bytes root;
  private Bytes middle;
  private HttpServer server;
  private int requests;

  @BeforeEach
  void start() throws Exception {
    rootKey = key();
    middleKey = key();
    root = make("CN=root", rootKey, "CN=root", rootKey, null);
    middle = make("CN=middle", middleKey, "CN=root", rootKey, null);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/middle.cer", 200, middle.toArray());
    serve("/large", 200, new byte[300_000]);
    serve("/gone", 404, new byte[0]);
    serve("/self", 302, new byte[0]);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aMissingIssuerIsFetchedFromWhereTheCertificateSays() throws Exception {
    CertificateChain chain = complete(leaf(url("/middle.cer")));
    assertThat(chain.entries().stream().map(ChainEntry::subject))
        .containsExactly("CN=leaf", "CN=middle", "CN=root");
    assertThat(chain.entries().get(1).sent()).isFalse();
    assertThat(notices).containsExactly("fetched 1 certificate(s) from " + url("/middle.cer"));
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void whatIsNoCertificateIsSaidAndNothingIsAskedTwice() throws Exception {
    for (String path : List.of("/large", "/gone", "/self")) {
      requests = 0;
      notices.clear();
      CertificateChain chain = complete(leaf(url(path)));
      assertThat(chain.entries()).hasSize(1);
      assertThat(requests).isEqualTo(1);
      assertThat(notices).hasSize(2);
      assertThat(notices.get(0)).startsWith(url(path) + " gave no certificate: ");
    }
    notices.clear();
    requests = 0;
    complete(leaf("file:///etc/hostname"));
    complete(leaf("ldap://127.0.0.1/x"));
    assertThat(requests).isZero();
    assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("could not be fetched"));
  }

  @Test
  void aChainThatIsWholeFetchesNothing() throws Exception {
    IssuerFetch.complete(
        List.of(leaf(url("/middle.cer")), middle), TrustStore.of(List.of(root)), notices);
    assertThat(requests).isZero();
    assertThat(notices).isEmpty();
  }

  private CertificateChain complete(Bytes leaf) {
    return IssuerFetch.complete(List.of(leaf), TrustStore.of(List.of(root)), notices);
  }

  private void serve(String path, int status, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          requests++;
          if (status == 302) {
            exchange.getResponseHeaders().add("Location", url("/middle.cer"));
          }
          exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
          if (content.length > 0) {
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Bytes leaf(String aia) throws Exception {
    return make("CN=leaf", key(), "CN=middle", middleKey, aia);
  }

  private static Bytes make(
      String subject, KeyPair key, String issuer, KeyPair issuerKey, @Nullable String aia)
      throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name(subject),
            key.getPublic());
    if (aia == null) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } else {
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(
              AccessDescription.id_ad_caIssuers,
              new GeneralName(GeneralName.uniformResourceIdentifier, aia)));
    }
    return Bytes.wrap(
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate()))
            .getEncoded());
  }

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
