package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.message.Certificate;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.ClientKeyExchange;
import io.handshakelab.tls.message.EncryptedExtensions;
import io.handshakelab.tls.message.Finished;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.NewSessionTicket;
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
  private static final int TRUNCATED_HMAC = 4;
  private static final int ENCRYPT_THEN_MAC = 22;
  private static final int PRE_SHARED_KEY = 41;
  private static final int EARLY_DATA = 42;

  private final KeyLog keyLog;
  private final MasterSecrets masterSecrets;
  private final Transcript transcript = new Transcript();
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private @Nullable ProtocolVersion version;
  private @Nullable CipherSuite suite;
  private Optional<SuiteParameters> parameters = Optional.empty();
  private Bytes clientRandom = Bytes.EMPTY;
  private Bytes serverRandom = Bytes.EMPTY;
  private @Nullable Tls12Keys tls12Keys;
  private boolean certificateSeen;
  private boolean keysExchanged;
  private boolean earlyDataOpen;
  private boolean over;
  private int clientKeyUpdates;

  /** Of the last message, as long as nothing else was agreed. */
  private @Nullable MessageContext context;

  Handshake(KeyLog keyLog, SessionMemory sessions) {
    this.keyLog = keyLog;
    this.masterSecrets = new MasterSecrets(keyLog, sessions);
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
    MessageContext last = context;
    if (last == null || (known == null && last.version().number() != recordVersion)) {
      last = new MessageContext(known == null ? new ProtocolVersion(recordVersion) : known, suite);
      context = last;
    }
    return last;
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
    transcript.miss();
  }

  /**
   * A record of this end stays closed. Early data do no harm: they are no part of the handshake,
   * and if the server refuses them, nobody can open them (RFC 8446 §4.2.10).
   */
  void couldNotOpen(Sender sender) {
    if (sender == Sender.SERVER || over || !offersEarlyData()) {
      transcript.miss();
    }
  }

  /** Takes the next message; what it says about itself is added to the summary of its row. */
  String accept(Sender sender, Bytes bytes, @Nullable Message message) {
    String note = "";
    if (message instanceof ClientHello hello) {
      accept(hello);
    } else if (message instanceof ServerHello hello) {
      note = accept(hello);
    } else if (message instanceof Certificate shown && sender == Sender.SERVER) {
      accept(shown);
    } else if (message instanceof EncryptedExtensions answer) {
      earlyDataOpen = answer.extensions().has(EARLY_DATA);
    } else if (message instanceof Finished finished) {
      note = check(sender, finished);
    }
    switch (bytes.u8(0)) {
      case HandshakeType.END_OF_EARLY_DATA -> earlyDataOpen = false;
      case HandshakeType.SERVER_KEY_EXCHANGE, HandshakeType.SERVER_HELLO_DONE ->
          keysExchanged = true;
      case HandshakeType.KEY_UPDATE -> clientKeyUpdates += sender == Sender.CLIENT ? 1 : 0;
      case HandshakeType.CERTIFICATE_REQUEST -> {
        if (over) {
          transcript.goOnFromEnd();
        }
      }
      default -> {}
    }
    transcript.add(bytes, isTls13());
    if (message instanceof Finished && isTls13() && sender == Sender.CLIENT && !over) {
      over = true;
      transcript.end();
    }
    if (message instanceof ClientKeyExchange exchange) {
      keysExchanged = true;
      accept(exchange);
    } else if (message instanceof NewSessionTicket ticket && !isTls13()) {
      Tls12Keys keys = tls12Keys();
      if (keys != null) {
        masterSecrets.remember(ticket.ticket(), keys);
      }
    }
    return note;
  }

  /** In SSL 3.0 to TLS 1.2, once both hellos are known and a secret was found. */
  @Nullable Tls12Keys tls12Keys() {
    MasterSecrets.Agreed agreed = agreed();
    if (tls12Keys == null && agreed != null) {
      Bytes master = masterSecrets.logged(agreed);
      if (master == null && !keysExchanged) {
        master = masterSecrets.resumed(agreed);
      }
      if (master != null) {
        tls12Keys = Tls12Keys.ofMasterSecret(agreed.version(), agreed.suite(), master);
      }
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
      masterSecrets.remember(hello.sessionId(), keys);
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

  /**
   * What opens one end's records after the KeyUpdates whose secrets were logged: for a log that has
   * only some of them, each is derived from the one before it otherwise.
   */
  List<Tls13Protection> loggedUpdates(Sender sender) {
    List<Tls13Protection> all = new ArrayList<>();
    String label = Epoch.APPLICATION.label(sender).replace("_0", "_");
    for (int i = 1; i <= keyLog.mostUpdates() && parameters.isPresent(); i++) {
      Bytes secret = keyLog.secret(label + i, clientRandom);
      if (secret != null && secret.length() == parameters.get().prfLength()) {
        all.add(new Tls13Protection(parameters.get(), secret));
      }
    }
    return all;
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
    ClientHello client = clientHello;
    ServerHello server = serverHello;
    return client != null
        && server != null
        && !certificateSeen
        && !isTls13()
        && !MasterSecrets.ticket(client).isEmpty()
        && !MasterSecrets.isEcho(client, server);
  }

  private void accept(ClientHello hello) {
    boolean secondTry = serverHello != null && serverHello.isHelloRetryRequest() && isTls13();
    if (!secondTry) {
      transcript.begin();
      tls12Keys = null;
      certificateSeen = false;
      keysExchanged = false;
      over = false;
      clientKeyUpdates = 0;
    }
    clientHello = hello;
    serverHello = null;
    clientRandom = hello.random();
  }

  private String accept(ServerHello hello) {
    serverHello = hello;
    context = null;
    version = hello.version();
    suite = hello.suite();
    parameters = SuiteParameters.of(hello.suite());
    serverRandom = hello.random();
    if (hello.isHelloRetryRequest() && parameters.isPresent()) {
      transcript.retry(parameters.get());
    }
    ClientHello client = clientHello;
    boolean resumed =
        isTls13()
            ? hello.extensions().has(PRE_SHARED_KEY)
            : client != null && MasterSecrets.isEcho(client, hello);
    return resumed ? ", resumed session" : "";
  }

  private void accept(Certificate shown) {
    certificateSeen = true;
    keysExchanged = true;
    CipherSuite agreed = suite;
    if (agreed != null && !shown.der().isEmpty() && !keyLog.serverKeys().isEmpty()) {
      keyLog.serverKeys().seen(shown.der().get(0), agreed);
    }
  }

  private void accept(ClientKeyExchange exchange) {
    MasterSecrets.Agreed agreed = agreed();
    if (agreed != null && tls12Keys() == null) {
      tls12Keys = masterSecrets.exchanged(agreed, exchange, transcript.messages());
    }
  }

  private MasterSecrets.@Nullable Agreed agreed() {
    ClientHello client = clientHello;
    ServerHello server = serverHello;
    ProtocolVersion known = version;
    return client == null
            || server == null
            || known == null
            || known.number() < ProtocolVersion.SSL_3_0.number()
            || known.number() > ProtocolVersion.TLS_1_2.number()
            || parameters.isEmpty()
        ? null
        : new MasterSecrets.Agreed(client, server, known, parameters.get());
  }

  private String check(Sender sender, Finished finished) {
    if (parameters.isEmpty() || (sender == Sender.CLIENT && earlyDataOpen)) {
      transcript.miss();
    }
    if (!transcript.isWhole()) {
      return ", verify_data not checked: of the messages before it, not all could be read";
    }
    Bytes expected = expected(sender, parameters.get());
    if (expected == null) {
      return ", verify_data not checked: the secret is not known";
    }
    return expected.equals(finished.verifyData())
        ? ", verify_data checked: correct"
        : ", verify_data checked: wrong";
  }

  private @Nullable Bytes expected(Sender sender, SuiteParameters known) {
    if (!isTls13()) {
      Tls12Keys keys = tls12Keys();
      return keys == null ? null : keys.verifyData(sender == Sender.CLIENT, transcript.messages());
    }
    Tls13Protection keys =
        over ? applicationKeys(clientKeyUpdates) : tls13Protection(sender, Epoch.HANDSHAKE);
    return keys == null
        ? null
        : Tls13Finished.verifyData(known, keys.secret(), transcript.messages());
  }

  /** Of the client, with which it authenticates itself after the handshake (RFC 8446 §4.4). */
  private @Nullable Tls13Protection applicationKeys(int updates) {
    Tls13Protection keys = tls13Protection(Sender.CLIENT, Epoch.APPLICATION);
    for (int i = 0; i < updates && keys != null; i++) {
      keys = keys.updated();
    }
    return keys;
  }
}
