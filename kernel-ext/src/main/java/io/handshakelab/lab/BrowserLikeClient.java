package io.handshakelab.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientContext;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * Offers what a browser offers, and accepts any certificate: a microscope looks at bad certificates
 * too; whether one is to be believed is judged elsewhere. A TLS 1.3 offer carries a session ID of
 * 32 bytes for the sake of middleboxes (RFC 8446 §D.4), a TLS 1.2 offer an empty one.
 */
public class BrowserLikeClient extends AbstractTlsClient {
  private static final int[] TLS13_SUITES = {
    CipherSuite.TLS_AES_128_GCM_SHA256,
    CipherSuite.TLS_AES_256_GCM_SHA384,
    CipherSuite.TLS_CHACHA20_POLY1305_SHA256
  };
  private static final int[] TLS12_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA
  };
  private static final int MAX_CERTIFICATES = 100;
  private static final int MAX_MESSAGE = 1 << 20;

  private final LoggingCrypto logging;
  private final @Nullable String serverName;
  private final TlsVersions versions;

  /**
   * @param serverName for the server_name extension, or null where the host is an address (RFC 6066
   *     §3)
   */
  public BrowserLikeClient(
      LoggingCrypto crypto, @Nullable String serverName, TlsVersions versions) {
    super(crypto);
    this.logging = crypto;
    this.serverName = serverName;
    this.versions = versions;
  }

  @Override
  public void init(TlsClientContext context) {
    super.init(context);
    logging.follow(context);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return switch (versions) {
      case V1_2 -> ProtocolVersion.TLSv12.only();
      case V1_3 -> ProtocolVersion.TLSv13.only();
      case ANY -> ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);
    };
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return switch (versions) {
      case V1_2 -> TLS12_SUITES.clone();
      case V1_3 -> TLS13_SUITES.clone();
      case ANY -> org.bouncycastle.util.Arrays.concatenate(TLS13_SUITES, TLS12_SUITES);
    };
  }

  // The library's signature has a raw type.
  @SuppressWarnings("rawtypes")
  @Override
  protected Vector getSupportedGroups(Vector roles) {
    return new Vector<>(List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1));
  }

  /** What browsers offer, and Ed25519 for the servers that they would not reach. */
  // The library's signature has a raw type.
  @SuppressWarnings("rawtypes")
  @Override
  protected Vector getSupportedSignatureAlgorithms() {
    return new Vector<>(
        List.of(
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha384,
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha512,
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha512, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.ed25519));
  }

  /** Shares for both usual groups, so that no second ClientHello is needed. */
  // The library's signature has a raw type.
  @SuppressWarnings("rawtypes")
  @Override
  public Vector getEarlyKeyShareGroups() {
    return new Vector<>(List.of(NamedGroup.x25519, NamedGroup.secp256r1));
  }

  @Override
  protected Vector<ProtocolName> getProtocolNames() {
    return new Vector<>(List.of(ProtocolName.HTTP_1_1));
  }

  @Override
  protected @Nullable Vector<ServerName> getSNIServerNames() {
    if (serverName == null) {
      return null;
    }
    byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
    return new Vector<>(List.of(new ServerName(NameType.host_name, name)));
  }

  /**
   * With an empty session_ticket, so that a TLS 1.2 server sends a ticket (RFC 5077 §3.2), and with
   * psk_key_exchange_modes, so that a TLS 1.3 server does (RFC 8446 §4.2.9).
   */
  // The library's signature has a raw type.
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    if (versions != TlsVersions.V1_3) {
      extensions.put(ExtensionType.session_ticket, TlsUtils.EMPTY_BYTES);
    }
    if (versions != TlsVersions.V1_2) {
      TlsExtensionsUtils.addPSKKeyExchangeModesExtension(
          extensions, new short[] {PskKeyExchangeMode.psk_dhe_ke});
    }
    return extensions;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new ServerOnlyTlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) {
        // Accepted: see above.
      }
    };
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  @Override
  public int getMaxCertificateChainLength() {
    return MAX_CERTIFICATES;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return MAX_MESSAGE;
  }

  /** Many servers close the connection without one; the capture shows that well enough. */
  @Override
  public boolean requiresCloseNotify() {
    return false;
  }
}
