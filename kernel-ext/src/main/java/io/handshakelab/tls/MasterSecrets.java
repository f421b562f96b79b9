package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.ClientKeyExchange;
import io.handshakelab.tls.message.Extension;
import io.handshakelab.tls.message.OpaqueExtension;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.protection.SuiteParameters;
import io.handshakelab.tls.protection.Tls12Keys;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the master secret of SSL 3.0 to TLS 1.2 comes from: a key log, the private key of the
 * server, or the connection whose session is taken up again.
 */
final class MasterSecrets {
  private static final int EXTENDED_MASTER_SECRET = 23;
  private static final int SESSION_TICKET = 35;

  private final KeyLog keyLog;
  private final SessionMemory sessions;

  MasterSecrets(KeyLog keyLog, SessionMemory sessions) {
    this.keyLog = keyLog;
    this.sessions = sessions;
  }

  /** What names this handshake, and what was agreed upon in it. */
  record Agreed(
      ClientHello client, ServerHello server, ProtocolVersion version, SuiteParameters suite) {}

  /** As the key log has it for this connection or session, or null. */
  @Nullable Bytes logged(Agreed agreed) {
    Bytes known = keyLog.secret("CLIENT_RANDOM", agreed.client.random());
    return known != null ? known : keyLog.masterSecretOfSession(agreed.server.sessionId());
  }

  /** Of the session that the server takes up again, if that was seen and opened, or null. */
  @Nullable Bytes resumed(Agreed agreed) {
    Bytes known =
        isEcho(agreed.client, agreed.server)
            ? sessions.masterSecret(agreed.server.sessionId())
            : null;
    Bytes ticket = ticket(agreed.client);
    return known == null && !ticket.isEmpty() ? sessions.masterSecret(ticket) : known;
  }

  /**
   * From the pre-master secret that was logged, or that a private key brings out of the message; or
   * null.
   *
   * @param transcript up to this ClientKeyExchange
   */
  @Nullable Tls12Keys exchanged(Agreed agreed, ClientKeyExchange exchange, List<Bytes> transcript) {
    Bytes encrypted = exchange.encryptedPreMasterSecret();
    Bytes secret = keyLog.secret("PMS_CLIENT_RANDOM", agreed.client.random());
    if (secret == null) {
      secret = keyLog.preMasterSecret(encrypted);
    }
    if (secret != null) {
      return keys(agreed, secret, transcript);
    }
    // With RSA_PSK the pre-shared key goes in too (RFC 4279 §4): the private key is not enough.
    if (agreed.server.suite().keyExchange().startsWith("RSA_PSK")) {
      return null;
    }
    secret = keyLog.serverKeys().preMasterSecret(encrypted);
    if (secret == null) {
      return null;
    }
    Tls12Keys keys = keys(agreed, secret, transcript);
    keyLog.serverKeys().found(agreed.client.random(), keys.masterSecret());
    return keys;
  }

  /** So that connections that resume this session can be opened (RFC 5246 §7.3, RFC 5077 §3.1). */
  void remember(Bytes sessionIdOrTicket, Tls12Keys keys) {
    sessions.remember(sessionIdOrTicket, keys.masterSecret());
  }

  /** The ticket that a client shows, or nothing. */
  static Bytes ticket(ClientHello client) {
    Extension extension = client.extensions().first(SESSION_TICKET).orElse(null);
    return extension instanceof OpaqueExtension opaque ? opaque.data() : Bytes.EMPTY;
  }

  /** Whether the server names the session that the client named. */
  static boolean isEcho(ClientHello client, ServerHello server) {
    return !server.sessionId().isEmpty() && server.sessionId().equals(client.sessionId());
  }

  private static Tls12Keys keys(Agreed agreed, Bytes preMasterSecret, List<Bytes> transcript) {
    boolean extended =
        agreed.version.number() > ProtocolVersion.SSL_3_0.number()
            && agreed.server.extensions().has(EXTENDED_MASTER_SECRET);
    return extended
        ? Tls12Keys.ofPreMasterSecret(agreed.version, agreed.suite, preMasterSecret, transcript)
        : Tls12Keys.ofPreMasterSecret(
            agreed.version,
            agreed.suite,
            preMasterSecret,
            agreed.client.random(),
            agreed.server.random());
  }
}
