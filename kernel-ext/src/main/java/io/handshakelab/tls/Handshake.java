package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.message.Certificate;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.ClientKeyExchange;
import io.handshakelab.tls.message.EncryptedExtensions;
import io.handshakelab.tls.message.Extension;
import io.handshakelab.tls.message.Finished;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.NewSessionTicket;
import io.handshakelab.tls.message.OpaqueExtension;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.Decompression;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.protection.RecordProtection;
import io.handshakelab.tls.protection.SuiteParameters;
import io.handshakelab.tls.protection.Tls12Keys;
import io.handshakelab.tls.protection.Tls13Finished;
import io.handshakelab.tls.protection.Tls13Protection;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.HandshakeType;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What both ends have agreed upon so far, and the keys that follow from it. */
final class Handshake {
  private static final int PRE_SHARED_KEY = 41;
  private static final int EARLY_DATA = 42;
  private static final int TRUNCATED_HMAC = 4;
  private static final int ENCRYPT_THEN_MAC = 22;
  private static final int EXTENDED_MASTER_SECRET = 23;
  private static final int SESSION_TICKET = 35;

  private final KeyLog keyLog;
  private final SessionMemory sessions;
  private final List<Bytes> transcript = new ArrayList<>();
  private boolean transcriptWhole;
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private @Nullable ProtocolVersion version;
  private @Nullable CipherSuite suite;
  private Optional<SuiteParameters> parameters = Optional.empty();
  private Bytes clientRandom = Bytes.EMPTY;
  private Bytes serverRandom = Bytes.EMPTY;
  private @Nullable Tls12Keys tls12Keys;
  private boolean certificateSeen;
  private boolean earlyDataOpen;

  Handshake(KeyLog keyLog, SessionMemory sessions) {
    this.keyLog = keyLog;
    this.sessions = sessions;
  }

  /** The negotiated version, or null before the ServerHello. */
  @Nullable ProtocolVersion version() {
    return version;
  }

  boolean isTls13() {
    return version != null && version.isTls13();
  }

  @Nullable CipherSuite suite() {
    return suite;
  }

  /** What the suite says about protection; none if it is unknown or not supported. */
  Optional<SuiteParameters> parameters() {
    return parameters;
  }

  MessageContext context(int recordVersion) {
    ProtocolVersion known = version;
    return new MessageContext(known == null ? new ProtocolVersion(recordVersion) : known, suite);
  }

  /** Whether the client may send encrypted data right behind its hello (RFC 8446 §4.2.10). */
  boolean offersEarlyData() {
    return clientHello != null && clientHello.extensions().has(EARLY_DATA);
  }

  boolean offersTls13() {
    return clientHello != null && clientHello.offersTls13();
  }

  /** Something of the handshake was not seen or not decrypted: Finished cannot be checked. */
  void missedSomething() {
    transcriptWhole = false;
  }

  /** Takes the next message; what it says about itself is added to the summary of its row. */
  String accept(Sender sender, Bytes bytes, @Nullable Message message) {
    int type = bytes.u8(0);
    String note = "";
    if (message instanceof ClientHello hello) {
      accept(hello);
    } else if (message instanceof ServerHello hello) {
      note = accept(hello);
    } else if (message instanceof Certificate && sender == Sender.SERVER) {
      certificateSeen = true;
    } else if (message instanceof EncryptedExtensions answer) {
      earlyDataOpen = answer.extensions().has(EARLY_DATA);
    } else if (message instanceof Finished finished) {
      note = check(sender, finished);
      // A Finished after the handshake has a transcript of its own (RFC 8446 §4.4).
      transcriptWhole &= !(isTls13() && sender == Sender.CLIENT);
    }
    if (type == HandshakeType.END_OF_EARLY_DATA) {
      earlyDataOpen = false;
    }
    if (belongsToTranscript(type)) {
      transcript.add(bytes);
    }
    if (message instanceof ClientKeyExchange exchange && tls12Keys() == null) {
      tls12Keys = fromPreMasterSecret(exchange);
    } else if (message instanceof NewSessionTicket ticket && !isTls13()) {
      Tls12Keys keys = tls12Keys();
      if (keys != null) {
        sessions.remember(ticket.ticket(), keys.masterSecret());
      }
    }
    return note;
  }

  /** In SSL 3.0 to TLS 1.2, once both hellos are known and a secret was found. */
  @Nullable Tls12Keys tls12Keys() {
    ProtocolVersion known = version;
    if (tls12Keys != null || known == null || !hasKeyBlock(known) || parameters.isEmpty()) {
      return tls12Keys;
    }
    Bytes master = masterSecret();
    if (master != null) {
      tls12Keys = Tls12Keys.ofMasterSecret(known, parameters.get(), master);
    }
    return tls12Keys;
  }

  /** What opens one end's records of SSL 3.0 to TLS 1.2 after ChangeCipherSpec, or null. */
  @Nullable RecordProtection tls12Protection(Sender sender) {
    Tls12Keys keys = tls12Keys();
    ServerHello hello = serverHello;
    RecordProtection protection;
    if (hello == null || parameters.isEmpty()) {
      return null;
    } else if (keys == null) {
      protection = Tls12Keys.withoutKeys(parameters.get());
    } else {
      sessions.remember(hello.sessionId(), keys.masterSecret());
      Tls12Keys.Options options =
          new Tls12Keys.Options(
              hello.extensions().has(ENCRYPT_THEN_MAC), hello.extensions().has(TRUNCATED_HMAC));
      protection = keys.protection(sender == Sender.CLIENT, clientRandom, serverRandom, options);
    }
    return protection == null
        ? null
        : switch (hello.compressionMethod()) {
          case 0 -> protection;
          case Decompression.DEFLATE -> new Decompression(protection);
          default -> null;
        };
  }

  /** What opens one end's records of TLS 1.3, or null. */
  @Nullable Tls13Protection tls13Protection(Sender sender, Epoch epoch) {
    Bytes secret = keyLog.secret(epoch.label(sender), clientRandom);
    return secret == null || parameters.isEmpty() || secret.length() != parameters.get().prfLength()
        ? null
        : new Tls13Protection(parameters.get(), secret);
  }

  /** What may open early data: before the ServerHello the suite is not known. */
  List<Tls13Protection> earlyProtections() {
    List<Tls13Protection> all = new ArrayList<>();
    Bytes secret = keyLog.secret(Epoch.EARLY.label(Sender.CLIENT), clientRandom);
    ClientHello hello = clientHello;
    if (secret != null && hello != null) {
      for (CipherSuite offered : hello.suites()) {
        SuiteParameters.of(offered)
            .filter(p -> offered.isTls13() && p.prfLength() == secret.length())
            .ifPresent(p -> all.add(new Tls13Protection(p, secret)));
      }
    }
    return all;
  }

  /**
   * Whether the server changes ciphers without having shown a certificate though the suite asks for
   * one: it has taken a ticket (RFC 5077 §3.4).
   */
  boolean resumedByTicket() {
    ServerHello hello = serverHello;
    return hello != null
        && !certificateSeen
        && !isTls13()
        && clientHello != null
        && clientHello.extensions().first(SESSION_TICKET).filter(Handshake::hasData).isPresent()
        && !isEcho(hello);
  }

  private void accept(ClientHello hello) {
    boolean secondTry = serverHello != null && serverHello.isHelloRetryRequest() && isTls13();
    if (!secondTry) {
      transcript.clear();
      transcriptWhole = true;
      tls12Keys = null;
      certificateSeen = false;
    }
    clientHello = hello;
    serverHello = null;
    clientRandom = hello.random();
  }

  private String accept(ServerHello hello) {
    serverHello = hello;
    version = hello.version();
    suite = hello.suite();
    parameters = SuiteParameters.of(hello.suite());
    serverRandom = hello.random();
    if (hello.isHelloRetryRequest() && parameters.isPresent()) {
      Bytes first = Tls13Finished.messageHash(parameters.get(), transcript);
      transcript.clear();
      transcript.add(first);
    }
    boolean resumed = isTls13() ? hello.extensions().has(PRE_SHARED_KEY) : isEcho(hello);
    return resumed ? ", resumed session" : "";
  }

  private boolean isEcho(ServerHello hello) {
    return clientHello != null
        && !hello.sessionId().isEmpty()
        && hello.sessionId().equals(clientHello.sessionId());
  }

  private @Nullable Bytes masterSecret() {
    ClientHello client = clientHello;
    ServerHello server = serverHello;
    Bytes known = keyLog.secret("CLIENT_RANDOM", clientRandom);
    if (known == null && server != null) {
      known = keyLog.masterSecretOfSession(server.sessionId());
    }
    if (known == null && server != null && isEcho(server)) {
      known = sessions.masterSecret(server.sessionId());
    }
    if (known == null && client != null) {
      known =
          client
              .extensions()
              .first(SESSION_TICKET)
              .filter(Handshake::hasData)
              .map(e -> sessions.masterSecret(((OpaqueExtension) e).data()))
              .orElse(null);
    }
    return known;
  }

  private @Nullable Tls12Keys fromPreMasterSecret(ClientKeyExchange exchange) {
    ProtocolVersion known = version;
    Bytes secret = keyLog.secret("PMS_CLIENT_RANDOM", clientRandom);
    if (secret == null) {
      secret = keyLog.preMasterSecret(exchange.encryptedPreMasterSecret());
    }
    if (secret == null || known == null || !hasKeyBlock(known) || parameters.isEmpty()) {
      return null;
    }
    boolean extended =
        serverHello != null
            && known.number() > ProtocolVersion.SSL_3_0.number()
            && serverHello.extensions().has(EXTENDED_MASTER_SECRET);
    return extended
        ? Tls12Keys.ofPreMasterSecret(known, parameters.get(), secret, transcript)
        : Tls12Keys.ofPreMasterSecret(known, parameters.get(), secret, clientRandom, serverRandom);
  }

  private String check(Sender sender, Finished finished) {
    Bytes expected = expected(sender);
    if (expected == null) {
      return "";
    }
    return expected.equals(finished.verifyData())
        ? ", verify_data checked: correct"
        : ", verify_data checked: wrong";
  }

  private @Nullable Bytes expected(Sender sender) {
    if (!transcriptWhole || parameters.isEmpty()) {
      return null;
    }
    if (!isTls13()) {
      Tls12Keys keys = tls12Keys();
      return keys == null ? null : keys.verifyData(sender == Sender.CLIENT, transcript);
    }
    if (sender == Sender.CLIENT && earlyDataOpen) {
      return null;
    }
    Tls13Protection keys = tls13Protection(sender, Epoch.HANDSHAKE);
    return keys == null
        ? null
        : Tls13Finished.verifyData(parameters.get(), keys.secret(), transcript);
  }

  /** Not HelloRequest, and in TLS 1.3 nothing that comes after the handshake (RFC 8446 §4.4.1). */
  private boolean belongsToTranscript(int type) {
    return switch (type) {
      case HandshakeType.HELLO_REQUEST, HandshakeType.KEY_UPDATE -> false;
      case HandshakeType.NEW_SESSION_TICKET -> !isTls13();
      default -> true;
    };
  }

  private static boolean hasKeyBlock(ProtocolVersion version) {
    return version.number() >= ProtocolVersion.SSL_3_0.number()
        && version.number() <= ProtocolVersion.TLS_1_2.number();
  }

  private static boolean hasData(Extension extension) {
    return extension instanceof OpaqueExtension opaque && !opaque.data().isEmpty();
  }
}
