package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are allowed but rare, or not allowed. */
class PeculiarRecordsTest {
  private static final Bytes CLIENT_HELLO = Goldens.tls12("ClientHello");
  private static final Bytes SERVER_HELLO = Goldens.tls12("ServerHello");
  private static final Bytes DONE = Bytes.fromHex("0e000000");
  private static final Bytes CHANGE = FakeStream.record(20, Bytes.fromHex("01"));

  @Test
  void aRecordMayHoldTwoAlertsAndAnAlertMayLieInTwoRecords() {
    List<TlsMessage> alerts =
        server(
            FakeStream.record(21, Bytes.fromHex("01000228")),
            FakeStream.record(21, Bytes.fromHex("01")),
            FakeStream.record(21, Bytes.fromHex("5a")));
    assertThat(alerts)
        .extracting(TlsMessage::summary)
        .containsExactly(
            "close_notify (warning)", "handshake_failure (fatal)", "user_canceled (warning)");
    assertThat(server(FakeStream.record(21, Bytes.fromHex("01"))))
        .extracting(TlsMessage::summary)
        .containsExactly("malformed: half an alert, 1 byte is here at offset 0");
    assertThat(server(FakeStream.record(21, Bytes.EMPTY)))
        .extracting(TlsMessage::type)
        .containsExactly("Alert");
  }

  @Test
  void anAlertBetweenThePartsOfAMessageLeavesItWhole() {
    List<TlsMessage> rows =
        server(
            FakeStream.record(22, DONE.slice(0, 1)),
            FakeStream.record(21, Bytes.fromHex("015a")),
            FakeStream.record(22, DONE.from(1)));
    assertThat(rows).extracting(TlsMessage::type).containsExactly("Alert", "ServerHelloDone");
  }

  @Test
  void anEmptyRecordOfHandshakeMessagesIsARowAndEmptyDataIsAllowed() {
    assertThat(server(FakeStream.record(22, Bytes.EMPTY), FakeStream.record(22, DONE)))
        .extracting(m -> m.type() + ": " + m.summary())
        .containsExactly(
            "Handshake: malformed: a record of handshake messages must not be empty at offset 0",
            "ServerHelloDone: the server waits for the client");
  }

  @Test
  void recordsThatAreTooLongAreReadAndSaySo() {
    Bytes data = Bytes.wrap(new byte[20_000]);
    List<TlsMessage> rows =
        server(FakeStream.record(23, data), FakeStream.record(23, Bytes.fromHex("00")));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).summary())
        .isEqualTo(
            "20000 bytes, encrypted, too long: a record of 20000 bytes where 18432 are allowed"
                + " (RFC 5246 §6.2.3)");
    Bytes padded =
        Bytes.concat(List.of(Bytes.fromHex("0b004500004500"), Bytes.wrap(new byte[17_000])));
    assertThat(server(FakeStream.record(22, padded.slice(0, 17_000))).get(0).summary())
        .contains("too long: a record of 17000 bytes where 16384 are allowed (RFC 5246 §6.2.1)");
  }

  @Test
  void changeCipherSpecOutOfItsPlaceSaysSo() {
    Bytes old = Bytes.fromHex("01000029" + "0303" + "ab".repeat(32) + "00" + "0002002f" + "0100");
    Bytes early = Bytes.concat(List.of(FakeStream.record(22, old), CHANGE));
    assertThat(FakeStream.analysis(early, Bytes.EMPTY).messages())
        .extracting(TlsMessage::summary)
        .last()
        .asString()
        .endsWith("out of order: before a ServerHello there are no keys");
    assertThat(server(CHANGE, CHANGE).get(1).summary()).endsWith("without a handshake between");
    assertThat(server(FakeStream.record(22, DONE), CHANGE).get(1).summary())
        .endsWith("out of order: before the client's");
    assertThat(server(CHANGE).get(0).summary()).as("resumption").doesNotContain("order");
  }

  @Test
  void heartbeatsAreOpenedAndHeartbleedIsNamed() {
    Bytes fair = Bytes.fromHex("01" + "0004" + "70696e67" + "00".repeat(16));
    Bytes attack = Bytes.fromHex("01" + "4000" + "ab");
    TlsAnalysis tls =
        FakeStream.analysis(
            hello(),
            Bytes.concat(
                List.of(
                    FakeStream.record(22, SERVER_HELLO),
                    FakeStream.record(24, fair),
                    FakeStream.record(24, attack))));
    List<TlsMessage> rows = tls.messages().subList(2, 4);
    assertThat(rows).extracting(TlsMessage::type).containsOnly("Heartbeat");
    assertThat(rows.get(0).summary()).isEqualTo("heartbeat_request, 4 bytes of payload");
    assertThat(rows.get(1).summary())
        .startsWith("malformed: payload_length 16384 is more than the 1 bytes")
        .contains("CVE-2014-0160");
    assertThat(tls.fields(2))
        .extracting(f -> f.path() + " " + f.bytes().length())
        .containsExactly(
            "heartbeat.type 1",
            "heartbeat.payload_length 2",
            "heartbeat.payload 4",
            "heartbeat.padding 16");
  }

  @Test
  void aServerOfSsl2IsNamedAndNotMisread() {
    Bytes client = Bytes.fromHex("802b" + "01" + "0002" + "0012" + "0000" + "0010");
    client =
        Bytes.concat(
            List.of(
                client,
                Bytes.fromHex("0100800200800300800400800500800600400700c0"),
                Bytes.fromHex("aa".repeat(13))));
    // Lengths: 9 + 18 + 0 + 16 = 43; six specs and sixteen octets.
    Bytes server =
        Bytes.fromHex(
            "8024"
                + "04"
                + "00"
                + "01"
                + "0002"
                + "0003"
                + "0006"
                + "0010"
                + "308201"
                + "0100800700c0"
                + "bb".repeat(16));
    List<TlsMessage> rows =
        FakeStream.analysis(
                Bytes.concat(List.of(client, Bytes.fromHex("8003020100"))),
                Bytes.concat(List.of(server, Bytes.fromHex("8010" + "cc".repeat(16)))))
            .messages();
    assertThat(rows)
        .extracting(m -> m.sender() + " " + m.type() + " " + m.version())
        .containsExactly(
            "CLIENT ClientHello SSL 2.0",
            "CLIENT EncryptedHandshake SSL 2.0",
            "SERVER ServerHello SSL 2.0",
            "SERVER EncryptedHandshake SSL 2.0");
    assertThat(rows.get(2).summary()).contains("certificate of 3 bytes, 2 cipher specs");
    assertThat(rows).noneMatch(m -> m.summary().contains("malformed"));
  }

  @Test
  void nothingElseIsTakenForTls() {
    Random random = new Random(42);
    List<Bytes> others = new ArrayList<>();
    for (String text :
        List.of(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "220 mail ESMTP\r\n250 STARTTLS\r\n",
            "EHLO x\r\nSTARTTLS\r\n",
            "\u0000\u001d\u00124\u0001\u0000\u0000\u0001",
            "")) {
      others.add(Bytes.utf8(text));
    }
    // DTLS 1.2, as it would look in a stream.
    others.add(Bytes.fromHex("16fefd0000000000000000002a0100001e" + "00".repeat(37)));
    for (int run = 0; run < 300; run++) {
      byte[] noise = new byte[random.nextInt(40_000)];
      random.nextBytes(noise);
      others.add(Bytes.wrap(noise));
    }
    for (Bytes one : others) {
      Bytes other = others.get(random.nextInt(others.size()));
      for (boolean opening : new boolean[] {true, false}) {
        TlsAnalysis tls = FakeStream.analysis(one, other, opening);
        assertThat(tls.messages()).as("%s and %s", one, other).isEmpty();
      }
    }
  }

  @Test
  void aFileWithTlsInItIsNoTls() {
    Bytes hello = hello();
    Bytes upload =
        Bytes.concat(
            List.of(
                Bytes.utf8("POST /capture HTTP/1.1\r\nContent-Length: 999\r\n\r\n"),
                hello,
                Bytes.wrap(new byte[16]),
                FakeStream.record(22, SERVER_HELLO)));
    Bytes thanks = Bytes.utf8("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    assertThat(FakeStream.analysis(upload, thanks).messages()).isEmpty();
    assertThat(FakeStream.analysis(thanks, upload).messages()).isEmpty();
    Bytes bare = Bytes.concat(List.of(Bytes.utf8("POST / HTTP/1.1\r\n\r\n"), hello));
    assertThat(FakeStream.analysis(bare, thanks).messages()).isEmpty();
    assertThat(FakeStream.analysis(bare, Bytes.EMPTY).messages()).isEmpty();
  }

  @Test
  void binaryPreludesAreNamed() {
    Bytes proxy2 =
        Bytes.fromHex("0d0a0d0a000d0a515549540a" + "2111000c" + "7f0000017f000001d43101bb");
    assertThat(noteBehind(proxy2, Bytes.EMPTY)).endsWith("after 28 bytes of PROXY protocol 2");
    Bytes rdp = Bytes.fromHex("030000130ee000000000000100080003000000");
    Bytes yes = Bytes.fromHex("030000130ed000001234000200080002000000");
    assertThat(noteBehind(rdp, yes)).endsWith("after 19 bytes of RDP");
    assertThat(noteBehind(Bytes.fromHex("414d515002010000"), Bytes.fromHex("414d515002010000")))
        .endsWith("after 8 bytes of AMQP, TLS header");
    assertThat(noteBehind(Bytes.utf8("hello there"), Bytes.utf8("hi")))
        .endsWith("after 11 bytes of something in the clear");
    Bytes both = Bytes.utf8("PROXY TCP4 10.0.0.1 10.0.0.2 5 25\r\nEHLO me\r\nSTARTTLS\r\n");
    assertThat(noteBehind(both, Bytes.utf8("220 x ESMTP\r\n250 STARTTLS\r\n220 go\r\n")))
        .endsWith(" bytes of PROXY protocol 1, then SMTP, STARTTLS");
  }

  @Test
  void aFloodOfTinyRecordsEndsInOneMarkedRow() {
    byte[] flood = new byte[7 * 600_000];
    byte[] alert = FakeStream.record(21, Bytes.fromHex("015a")).toArray();
    for (int at = 0; at < flood.length; at += alert.length) {
      System.arraycopy(alert, 0, flood, at, alert.length);
    }
    List<TlsMessage> rows = server(Bytes.wrap(flood));
    assertThat(rows).hasSizeLessThan(530_000);
    assertThat(rows.get(rows.size() - 1).summary()).startsWith("more than 524288 messages");
  }

  @Test
  @Timeout(120)
  void recordsThatCameBeforeThoseInFrontOfThemTakeNoLonger() {
    byte[] part = new byte[7 * 200_000];
    byte[] alert = FakeStream.record(21, Bytes.fromHex("015a")).toArray();
    for (int at = 0; at < part.length; at += alert.length) {
      System.arraycopy(alert, 0, part, at, alert.length);
    }
    Bytes alerts = Bytes.wrap(part);
    Bytes first = Bytes.concat(List.of(FakeStream.record(22, SERVER_HELLO), alerts));
    TlsAnalysis tls =
        FakeStream.analysis(
            new FakeStream(Sender.CLIENT, hello(), 1, false),
            new FakeStream(Sender.SERVER, first, 100_000, false).before(alerts, 10),
            true);
    assertThat(tls.messages()).hasSizeGreaterThan(400_000);
    int frame = 0;
    for (TlsMessage message : tls.messages()) {
      assertThat(message.frame() >= frame).isTrue();
      frame = message.frame();
    }
  }

  @Test
  void aMessageInPiecesOfOneOctetTakesNoMoreThanItsOctets() {
    Bytes header = Bytes.fromHex("0bffffff");
    byte[] pieces = new byte[6 * 500_000];
    byte[] piece = FakeStream.record(22, Bytes.fromHex("ab")).toArray();
    for (int at = 0; at < pieces.length; at += piece.length) {
      System.arraycopy(piece, 0, pieces, at, piece.length);
    }
    List<TlsMessage> rows = server(FakeStream.record(22, header), Bytes.wrap(pieces));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).summary()).startsWith("malformed: cut off, 500004 bytes are here");
  }

  private static String noteBehind(Bytes client, Bytes server) {
    List<TlsMessage> rows =
        FakeStream.analysis(
                Bytes.concat(List.of(client, hello())),
                Bytes.concat(List.of(server, FakeStream.record(22, SERVER_HELLO))))
            .messages();
    assertThat(rows).extracting(TlsMessage::type).containsExactly("ClientHello", "ServerHello");
    assertThat(rows.get(0).offset()).isEqualTo(client.length());
    assertThat(rows.get(1).offset()).isEqualTo(server.length());
    return rows.get(0).summary();
  }

  /** The server's rows behind its ServerHello. */
  private static List<TlsMessage> server(Bytes... records) {
    List<Bytes> all = new ArrayList<>(List.of(FakeStream.record(22, SERVER_HELLO)));
    all.addAll(List.of(records));
    List<TlsMessage> rows = FakeStream.analysis(hello(), Bytes.concat(all)).messages();
    return rows.subList(2, rows.size());
  }

  private static Bytes hello() {
    return FakeStream.record(22, CLIENT_HELLO);
  }
}
