package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.tls.MadeUpConnection;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection as two ends would have made it, for suites that nobody speaks any more.
 *
 * @param extra what the server takes beyond the suite
 */
record CraftedTalk(int number, int version, int suite, Extra extra) {
  enum Extra {
    NONE,
    MAC_OUTSIDE,
    SHORT_MAC,
    DEFLATE
  }

  private static final int HANDSHAKE = 22;
  private static final int DATA = 23;

  String name() {
    return new ProtocolVersion(version) + " " + new CipherSuite(suite) + " " + extra;
  }

  String fromClient() {
    return "GET /" + number + " HTTP/1.0\r\n\r\n";
  }

  String fromServer() {
    return "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  }

  private Bytes random(int which) {
    return Bytes.fromHex(String.format("%02x%04x", which, number) + "a5".repeat(29));
  }

  private Bytes secret(int which, int length) {
    return Bytes.fromHex(String.format("%02x", 0x30 + which + number % 100).repeat(length));
  }

  /** Adds its packets, and the lines of a key log. */
  void addTo(Capture.Builder capture, StringBuilder keyLog) throws Exception {
    MadeUpConnection wire = new MadeUpConnection(30_000 + number, 443);
    SuiteParameters parameters = SuiteParameters.of(new CipherSuite(suite)).orElseThrow();
    if (version == 0x0304) {
      tls13(wire, parameters, keyLog);
    } else {
      tls12(wire, parameters, keyLog);
    }
    wire.addTo(capture, number);
  }

  private void tls12(MadeUpConnection wire, SuiteParameters parameters, StringBuilder keyLog)
      throws Exception {
    Bytes master = secret(0, 48);
    keyLog.append("CLIENT_RANDOM " + random(1).hex() + " " + master.hex() + "\n");
    List<Bytes> transcript = new ArrayList<>(List.of(clientHello(), serverHello(), done()));
    KeyDerivation derivation = KeyDerivation.of(new ProtocolVersion(version), parameters);
    Sealer client = sealer(derivation, master, parameters, true);
    Sealer server = sealer(derivation, master, parameters, false);
    wire.send(true, clear(HANDSHAKE, transcript.get(0)));
    wire.send(false, clear(HANDSHAKE, transcript.get(1)));
    wire.send(false, clear(HANDSHAKE, transcript.get(2)));
    transcript.add(message(16, Bytes.fromHex("0004" + "c0ffee00")));
    wire.send(true, clear(HANDSHAKE, transcript.get(3)));
    for (boolean byClient : new boolean[] {true, false}) {
      Bytes finished = message(20, derivation.verifyData(byClient, master, transcript));
      transcript.add(finished);
      wire.send(byClient, clear(20, Bytes.of((byte) 1)));
      wire.send(byClient, (byClient ? client : server).seal(HANDSHAKE, finished));
    }
    data(wire, client, server);
  }

  private void data(MadeUpConnection wire, Sealer client, Sealer server) throws Exception {
    wire.send(true, client.seal(DATA, fromClient().substring(0, 7)));
    wire.send(true, client.seal(DATA, fromClient().substring(7)));
    wire.send(false, server.seal(DATA, fromServer()));
    wire.send(false, server.seal(21, Bytes.of((byte) 1, (byte) 0)));
  }

  private Sealer sealer(
      KeyDerivation derivation, Bytes master, SuiteParameters parameters, boolean client) {
    int mac = parameters.macLength();
    int key = parameters.cipher().materialLength();
    int iv = parameters.fixedIvLength();
    Bytes block = derivation.keyBlock(master, random(1), random(2), 2 * (mac + key + iv));
    int end = client ? 0 : 1;
    Bytes writeKey = block.slice(2 * mac + end * key, 2 * mac + (end + 1) * key);
    int ivAt = 2 * (mac + key) + end * iv;
    Bytes writeIv = block.slice(ivAt, ivAt + iv);
    if (parameters.exportable()) {
      int length = parameters.cipher().keyLength();
      writeKey = derivation.exportKey(client, writeKey, random(1), random(2), length);
      writeIv = derivation.exportIv(client, random(1), random(2), iv);
    }
    return new Sealer(
        version, parameters, extra, block.slice(end * mac, (end + 1) * mac), writeKey, writeIv);
  }

  private void tls13(MadeUpConnection wire, SuiteParameters parameters, StringBuilder keyLog)
      throws Exception {
    List<Bytes> transcript = new ArrayList<>(List.of(clientHello(), serverHello()));
    String[] labels = {
      "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
      "SERVER_HANDSHAKE_TRAFFIC_SECRET",
      "CLIENT_TRAFFIC_SECRET_0",
      "SERVER_TRAFFIC_SECRET_0"
    };
    Sealer[] sealers = new Sealer[4];
    for (int i = 0; i < 4; i++) {
      Bytes secret = secret(i, 32);
      keyLog.append(labels[i] + " " + random(1).hex() + " " + secret.hex() + "\n");
      String hash = parameters.prfHash();
      Bytes key = Hkdf.expandLabel(hash, secret, "key", Bytes.EMPTY, parameters.keyLength());
      Bytes iv = Hkdf.expandLabel(hash, secret, "iv", Bytes.EMPTY, 12);
      sealers[i] = new Sealer(version, parameters, extra, Bytes.EMPTY, key, iv);
    }
    wire.send(true, clear(HANDSHAKE, transcript.get(0)));
    wire.send(false, clear(HANDSHAKE, transcript.get(1)));
    transcript.add(message(8, Bytes.fromHex("0000")));
    wire.send(false, sealers[1].seal(HANDSHAKE, transcript.get(2)));
    for (int i : new int[] {1, 0}) {
      Bytes finished = message(20, Tls13Finished.verifyData(parameters, secret(i, 32), transcript));
      transcript.add(finished);
      wire.send(i == 0, sealers[i].seal(HANDSHAKE, finished));
    }
    data(wire, sealers[2], sealers[3]);
  }

  private Bytes clientHello() {
    String hello =
        String.format("%04x", Math.min(version, 0x0303))
            + random(1).hex()
            + "00"
            + "0002"
            + String.format("%04x", suite)
            + (extra == Extra.DEFLATE ? "020100" : "0100");
    return message(1, Bytes.fromHex(hello + extensions(version == 0x0304 ? "002b0003020304" : "")));
  }

  private Bytes serverHello() {
    String hello =
        String.format("%04x", Math.min(version, 0x0303))
            + random(2).hex()
            + "00"
            + String.format("%04x", suite)
            + (extra == Extra.DEFLATE ? "01" : "00");
    return message(2, Bytes.fromHex(hello + extensions(version == 0x0304 ? "002b00020304" : "")));
  }

  private String extensions(String more) {
    String all =
        more
            + (extra == Extra.MAC_OUTSIDE ? "00160000" : "")
            + (extra == Extra.SHORT_MAC ? "00040000" : "");
    return all.isEmpty() ? "" : String.format("%04x", all.length() / 2) + all;
  }

  private Bytes done() {
    return message(14, Bytes.EMPTY);
  }

  private Bytes clear(int type, Bytes content) {
    return Bytes.concat(
        List.of(
            Bytes.of(
                (byte) type,
                (byte) 3,
                (byte) Math.min(version, 0x0303),
                (byte) (content.length() >> 8),
                (byte) content.length()),
            content));
  }

  private static Bytes message(int type, Bytes body) {
    return Bytes.concat(
        List.of(
            Bytes.of((byte) type, (byte) 0, (byte) (body.length() >> 8), (byte) body.length()),
            body));
  }
}
