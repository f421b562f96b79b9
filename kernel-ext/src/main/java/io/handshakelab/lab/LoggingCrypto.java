package io.handshakelab.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.AbstractTlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's cryptography for TLS, which writes each secret to a key log at the moment it is
 * derived, so that also a handshake that fails later can be read. (Asking the library for a secret
 * with {@code extract()} would destroy it.)
 */
public final class LoggingCrypto extends BcTlsCrypto {
  /** Labels of RFC 8446 §7.1 and what key logs call the secrets that they stand for. */
  private static final Map<String, String> LABELS =
      Map.of(
          "tls13 c e traffic", "CLIENT_EARLY_TRAFFIC_SECRET",
          "tls13 c hs traffic", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
          "tls13 s hs traffic", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
          "tls13 c ap traffic", "CLIENT_TRAFFIC_SECRET_0",
          "tls13 s ap traffic", "SERVER_TRAFFIC_SECRET_0",
          "tls13 exp master", "EXPORTER_SECRET");

  private final KeyLog log;
  private @Nullable TlsContext context;

  /**
   * @param random all the randomness there is: if it repeats itself, so does the handshake
   */
  public LoggingCrypto(SecureRandom random, KeyLog log) {
    super(random);
    this.log = log;
  }

  /** Says which handshake the secrets from now on belong to. */
  void follow(TlsContext handshake) {
    this.context = handshake;
  }

  /**
   * From the source of randomness alone; the library's own adds the time, so that it never repeats.
   */
  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additional) {
    return size -> {
      byte[] nonce = new byte[size];
      getSecureRandom().nextBytes(nonce);
      return nonce;
    };
  }

  private void log(String label, byte[] secret) {
    TlsContext handshake = context;
    if (handshake != null) {
      byte[] clientRandom = handshake.getSecurityParametersHandshake().getClientRandom();
      log.add(label, clientRandom, secret);
    }
  }

  /** TLS 1.2 makes its ciphers when it has its master secret (RFC 5246 §8.1). */
  @Override
  public TlsCipher createCipher(TlsCryptoParameters parameters, int cipher, int mac)
      throws IOException {
    TlsSecret master = parameters.getSecurityParametersHandshake().getMasterSecret();
    if (!parameters.getServerVersion().isLaterVersionOf(ProtocolVersion.TLSv12) && master != null) {
      log("CLIENT_RANDOM", Logged.dataOf(master));
    }
    return super.createCipher(parameters, cipher, mac);
  }

  /** The beginning of the TLS 1.3 key schedule: all its secrets follow from this one. */
  @Override
  public TlsSecret hkdfInit(int hash) {
    return new Logged(this, new byte[TlsCryptoUtils.getHashOutputSize(hash)]);
  }

  private static final class Logged extends BcTlsSecret {
    private final LoggingCrypto owner;

    private Logged(LoggingCrypto owner, byte[] data) {
      super(owner, data);
      this.owner = owner;
    }

    private static byte[] dataOf(TlsSecret secret) {
      return copyData((AbstractTlsSecret) secret);
    }

    @Override
    public synchronized TlsSecret hkdfExtract(int hash, TlsSecret input) {
      return new Logged(owner, dataOf(super.hkdfExtract(hash, input)));
    }

    @Override
    public synchronized TlsSecret hkdfExpand(int hash, byte[] info, int length) {
      Logged secret = new Logged(owner, dataOf(super.hkdfExpand(hash, info, length)));
      String name = LABELS.get(label(info));
      if (name != null) {
        owner.log(name, dataOf(secret));
      }
      return secret;
    }

    /**
     *
     *
     * <pre>
     * struct { uint16 length; opaque label&lt;7..255&gt;; opaque context&lt;0..255&gt;; } HkdfLabel;
     * </pre>
     */
    private static String label(byte[] info) {
      int length = info.length < 3 ? 0 : Math.min(info[2] & 0xff, info.length - 3);
      return new String(info, Math.min(3, info.length), length, StandardCharsets.US_ASCII);
    }
  }
}
