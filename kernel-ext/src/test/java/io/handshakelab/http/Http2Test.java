package io.handshakelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

/** HTTP/2 made frame by frame. */
class Http2Test {
  private static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  private static final Bytes SETTINGS = frame(4, 0, 0, Bytes.EMPTY);
  private static final Bytes WINDOW = frame(8, 0, 0, Bytes.fromHex("00001000"));

  private final HPackEncoder client = new HPackEncoder(4096, StandardCharsets.ISO_8859_1);
  private final HPackEncoder server = new HPackEncoder(4096, StandardCharsets.ISO_8859_1);

  @Test
  void requestAndResponseHaveRowsAtTheFramesThatEndTheirHeads() throws Exception {
    List<HttpMessage> messages =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "GET", "/x")))
            .server(
                all(SETTINGS, frame(1, 4, 1, fields(server, ":status", "302", "location", "/y"))))
            .server(frame(0, 1, 1, Bytes.utf8("body")))
            .messages();
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).line()).isEqualTo("GET /x HTTP/2");
    assertThat(messages.get(0).headers())
        .containsExactly(":scheme: http", ":authority: lab.test", "accept: */*");
    assertThat(messages.get(0).frame()).isEqualTo(4);
    assertThat(messages.get(1).line()).isEqualTo("HTTP/2 302");
    assertThat(messages.get(1).headers()).containsExactly("location: /y");
    assertThat(messages.get(1).frame()).isEqualTo(5);
    assertThat(messages.get(1).bodyLength()).isEqualTo(4);
    assertThat(messages.get(1).sender()).isEqualTo(Sender.SERVER);
  }

  @Test
  void paddingPriorityAndContinuationsAreNoPartOfTheFields() throws Exception {
    Bytes block = fields(client, ":method", "POST", ":path", "/long", "n", "v".repeat(30));
    Bytes start =
        all(Bytes.fromHex("05" + "8000000310"), block.slice(0, 4), Bytes.fromHex("0000000000"));
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, frame(1, 0x28, 1, start)))
            .client(frame(9, 0, 1, block.slice(4, 9)))
            .client(frame(9, 4, 1, block.from(9)))
            .client(
                frame(
                    0,
                    8,
                    1,
                    all(Bytes.fromHex("03"), Bytes.utf8("12345"), Bytes.fromHex("000000"))))
            .client(frame(0, 9, 1, Bytes.fromHex("00")));
    assertThat(stream.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.line()).isEqualTo("POST /long HTTP/2");
              assertThat(message.headers()).containsExactly("n: " + "v".repeat(30));
              assertThat(message.frame()).isEqualTo(6);
              assertThat(message.bodyLength()).isEqualTo(5);
            });
  }

  @Test
  void streamsAreAnsweredInAnyOrderAndTakeTheirTime() throws Exception {
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "GET", "/1")))
            .client(request(3, "GET", "/3"))
            .server(all(SETTINGS, response(3, "103")))
            .server(response(3, "200"))
            .server(response(1, "404"))
            .server(frame(0, 1, 1, Bytes.utf8("late")));
    List<HttpExchange> exchanges = stream.exchanges();
    assertThat(exchanges).extracting(HttpExchange::status).containsExactly(404, 200);
    assertThat(exchanges.get(0).requestStartNanos()).isEqualTo(4_000_000);
    assertThat(exchanges.get(0).responseStartNanos()).isEqualTo(8_000_000);
    assertThat(exchanges.get(0).responseEndNanos()).isEqualTo(9_000_000);
    assertThat(exchanges.get(1).responseStartNanos()).isEqualTo(7_000_000);
    assertThat(stream.messages()).extracting(HttpMessage::line).contains("HTTP/2 103");
  }

  @Test
  void trailersStandBehindTheOtherFields() throws Exception {
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "POST", "/rpc")))
            .server(all(SETTINGS, response(1, "200"), frame(0, 0, 1, Bytes.utf8("abc"))))
            .server(frame(1, 5, 1, fields(server, "grpc-status", "0")));
    assertThat(stream.messages())
        .hasSize(2)
        .last()
        .satisfies(
            message -> {
              assertThat(message.headers()).containsExactly("server: x", "grpc-status: 0");
              assertThat(message.bodyLength()).isEqualTo(3);
              assertThat(message.frame()).isEqualTo(5);
            });
  }

  @Test
  void promisesResetsAndErrorsAreTold() throws Exception {
    Bytes promise = all(Bytes.fromHex("00000002"), fields(server, ":method", "GET", ":path", "/p"));
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "GET", "/")))
            .server(all(SETTINGS, frame(5, 4, 1, promise), response(1, "200"), response(2, "200")))
            .client(frame(3, 0, 2, Bytes.fromHex("00000008")))
            .client(frame(7, 0, 0, all(Bytes.fromHex("000000010000000b"), Bytes.utf8("calm"))))
            .server(frame(7, 0, 0, Bytes.fromHex("0000000100000000")));
    List<HttpMessage> messages = stream.messages();
    assertThat(messages)
        .extracting(HttpMessage::line)
        .containsExactly(
            "GET / HTTP/2",
            "GET /p HTTP/2",
            "HTTP/2 200",
            "HTTP/2 200",
            "GOAWAY ENHANCE_YOUR_CALM, last stream 1");
    assertThat(messages.get(1).headers()).containsExactly("(promised by the server on stream 1)");
    assertThat(messages.get(1).sender()).isEqualTo(Sender.SERVER);
    assertThat(messages.get(3).headers())
        .containsExactly("server: x", "(reset by the client: CANCEL)");
    assertThat(messages.get(4).headers()).containsExactly("calm");
    assertThat(stream.exchanges()).extracting(HttpExchange::status).containsExactly(200);
  }

  @Test
  void aGapWithinABodyHidesOnlyBody() throws Exception {
    Bytes body = frame(0, 0, 1, Bytes.wrap(new byte[1000]));
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "GET", "/"), request(3, "GET", "/")))
            .server(all(SETTINGS, response(1, "200"), body.slice(0, 109)))
            .serverLoses(300)
            .server(body.slice(409, 609))
            .serverLoses(200)
            .server(all(body.from(809), response(3, "200")))
            .client(WINDOW);
    assertThat(stream.messages())
        .extracting(message -> message.line() + " " + message.bodyLength() + message.headers())
        .contains("HTTP/2 200 500[server: x]", "HTTP/2 200 0[server: x]");
  }

  @Test
  void behindALostHeadNoNameIsWrong() throws Exception {
    response(9, "200", "lost", "1");
    Bytes lost = response(1, "200", "lost", "2");
    Bytes next = response(3, "200", "lost", "2", "found", "3");
    Bytestream stream =
        Bytestream.opened()
            .client(all(PREFACE, SETTINGS, request(1, "GET", "/"), request(3, "GET", "/")))
            .server(SETTINGS)
            .serverLoses(lost.length())
            .server(all(next, WINDOW, WINDOW, frame(0, 1, 3, Bytes.utf8("abc"))))
            .client(WINDOW);
    assertThat(stream.messages())
        .last()
        .satisfies(
            message -> {
              assertThat(message.line()).isEqualTo("HTTP/2 200");
              assertThat(message.headers())
                  .containsExactly(
                      "(unknown field: HPACK entry 62 was set in what is not captured)",
                      "found: 3");
              assertThat(message.bodyLength()).isEqualTo(3);
            });
  }

  @Test
  void aConnectionJoinedInTheMiddleIsKnownByItsFrames() throws Exception {
    request(1, "GET", "/seen-before");
    List<HttpMessage> messages =
        Bytestream.joined()
            .server(
                all(Bytes.utf8("the rest of a frame"), WINDOW, WINDOW, response(1, "200"), WINDOW))
            .client(all(WINDOW, WINDOW, request(3, "GET", "/seen-before"), WINDOW))
            .messages();
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).line()).isEqualTo("HTTP/2 200");
    assertThat(messages.get(1).line()).isEqualTo("GET ? HTTP/2");
    assertThat(messages.get(1).headers())
        .hasSize(4)
        .allMatch(line -> line.startsWith("(unknown") || line.equals(":scheme: http"));
    assertThat(
            Bytestream.joined().client("nothing of this kind").server("neither is this").messages())
        .isEmpty();
  }

  /** File sharing is full of numbers of four octets, one of its own and zeros. */
  @Test
  void smallNumbersOfAnotherProtocolAreNoFrames() {
    Bytes numbers =
        Bytes.fromHex(
            "fe534d42"
                + "000000040000000000" // as an empty SETTINGS
                + "000000010000000002" // as an empty HEADERS
                + "000000000000000001" // as empty DATA
                + "000000090000000001"
                + "000000040000000000");
    assertThat(Bytestream.joined().client(numbers).server(numbers).messages()).isEmpty();
  }

  @Test
  void aServersEmptySettingsAreItsFirstWord() throws Exception {
    Bytes empty = Bytes.fromHex("000000040000000000");
    List<HttpMessage> messages =
        Bytestream.opened().server(all(empty, WINDOW, response(1, "200"))).messages();
    assertThat(messages).extracting(HttpMessage::line).containsExactly("HTTP/2 200");
  }

  @Test
  void anUpgradeInTheClearGoesOnAsHttp2() throws Exception {
    List<String> lines =
        Bytestream.opened()
            .client("GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")
            .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")
            .server(all(SETTINGS, response(1, "200")))
            .client(all(PREFACE, SETTINGS, request(3, "GET", "/next")))
            .messages()
            .stream()
            .map(HttpMessage::line)
            .toList();
    assertThat(lines)
        .containsExactly(
            "GET / HTTP/1.1", "HTTP/1.1 101 Switching Protocols", "HTTP/2 200", "GET /next HTTP/2");
  }

  @Test
  void whatBreaksTheRulesIsARow() throws Exception {
    Bytes bad =
        all(PREFACE, SETTINGS, frame(1, 4, 1, Bytes.fromHex("be")), frame(6, 0, 0, Bytes.EMPTY));
    Bytes inBlock = all(frame(1, 0, 3, Bytes.fromHex("82")), WINDOW, frame(9, 4, 5, Bytes.EMPTY));
    assertThat(Bytestream.opened().client(all(bad, inBlock)).messages())
        .extracting(HttpMessage::line)
        .containsExactly(
            "malformed: the HPACK table has no entry 62",
            "malformed: PING of 0 octets",
            "malformed: WINDOW_UPDATE within a header block",
            "malformed: CONTINUATION of nothing");
    Bytes[] flood = new Bytes[1000];
    java.util.Arrays.fill(flood, frame(0, 0, 0, Bytes.EMPTY));
    assertThat(Bytestream.opened().client(all(PREFACE, all(flood))).messages()).hasSize(16);
  }

  @Test
  void noPrefixAndNoMutationThrows() throws Exception {
    Bytes sent = all(PREFACE, SETTINGS, request(1, "GET", "/"), WINDOW, request(3, "PUT", "/"));
    Bytes answer = all(SETTINGS, response(1, "200"), frame(0, 9, 1, Bytes.fromHex("02ab0000")));
    for (int at = 0; at <= sent.length(); at++) {
      Bytestream.opened().client(sent.slice(0, at)).server(answer).messages();
    }
    Random random = new Random(9113);
    for (int i = 0; i < 3000; i++) {
      Bytestream stream = i % 2 == 0 ? Bytestream.opened() : Bytestream.joined();
      stream.client(mutated(sent, random)).server(mutated(answer, random)).exchanges();
    }
  }

  private static Bytes mutated(Bytes bytes, Random random) {
    byte[] changed = bytes.toArray();
    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    return Bytes.wrap(changed);
  }

  private Bytes request(int stream, String method, String path) throws Exception {
    String[] all = {
      ":method", method, ":scheme", "http", ":path", path, ":authority", "lab.test", "accept", "*/*"
    };
    return frame(1, 5, stream, fields(client, all));
  }

  private Bytes response(int stream, String status, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(":status", status));
    all.addAll(more.length == 0 ? List.of("server", "x") : List.of(more));
    return frame(1, 4, stream, fields(server, all.toArray(String[]::new)));
  }

  private static Bytes fields(HPackEncoder encoder, String... namesAndValues) throws Exception {
    ByteArrayBuffer block = new ByteArrayBuffer(256);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      encoder.encodeHeader(block, namesAndValues[i], namesAndValues[i + 1], false);
    }
    return Bytes.wrap(block.toByteArray());
  }

  private static Bytes frame(int type, int flags, int stream, Bytes payload) {
    int length = payload.length();
    return all(
        Bytes.of(
            (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags),
        Bytes.of((byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream),
        payload);
  }

  private static Bytes all(Bytes... parts) {
    return Bytes.concat(List.of(parts));
  }
}
