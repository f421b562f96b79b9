package io.handshakelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 where something is missing, or where it is not the only protocol. */
class Http1StreamTest {
  private static final String GET = "GET / HTTP/1.1\r\n\r\n";

  @Test
  void aBodyWithAGapIsCountedAndWhatFollowsIsRead() {
    Bytestream stream =
        Bytestream.opened()
            .client(GET)
            .client(GET)
            .server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "a".repeat(20))
            .serverLoses(30)
            .server("b".repeat(10))
            .serverLoses(10)
            .server("c".repeat(30) + "HTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx")
            .client("GET /acknowledges HTTP/1.1\r\n\r\n");
    assertThat(lines(stream)).contains("HTTP/1.1 200 OK 60", "HTTP/1.1 404 No 1");
    assertThat(stream.exchanges()).extracting(HttpExchange::status).containsExactly(200, 404, 0);
  }

  @Test
  void whereAHeadWasLostTheNextResponseAnswersTheLatestRequest() {
    Bytestream stream =
        Bytestream.opened()
            .client("GET /1 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
            .client("GET /2 HTTP/1.1\r\n\r\n")
            .serverLoses(60)
            .server("rest of /2")
            .client("HEAD /3 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 204 OK\r\nContent-Length: 7\r\n\r\n")
            .client("GET /4 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
    assertThat(stream.exchanges())
        .extracting(exchange -> exchange.request().line() + " " + exchange.status())
        .containsExactly(
            "GET /1 HTTP/1.1 200",
            "GET /2 HTTP/1.1 0",
            "HEAD /3 HTTP/1.1 204",
            "GET /4 HTTP/1.1 404");
  }

  @Test
  void aRequestThatCanOnlyBeRefusedIsShownAsItIs() {
    Bytestream stream =
        Bytestream.opened()
            .client("OPTIONS HTTP/1.1\r\nHost: x\r\n\r\n")
            .server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            .client("GET /a page; rm -rf HTTP/1.1\r\nHost: x\r\n\r\n")
            .server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    assertThat(lines(stream))
        .containsExactly(
            "OPTIONS HTTP/1.1 0",
            "HTTP/1.1 400 Bad Request 0",
            "GET /a page; rm -rf HTTP/1.1 0",
            "HTTP/1.1 400 Bad Request 0");
  }

  @Test
  void aConnectionJoinedInTheMiddleIsReadFromItsFirstHeadOn() {
    Bytestream stream =
        Bytestream.joined()
            .server("the end of a page that speaks of HTTP/1.1 200 OK\r\n\r\n")
            .client("HEAD /next HTTP/1.1\r\nHost: x\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
            .client("GET /after HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 304 Not Modified\r\n\r\n");
    assertThat(lines(stream))
        .containsExactly(
            "HEAD /next HTTP/1.1 0",
            "HTTP/1.1 200 OK 0",
            "GET /after HTTP/1.1 0",
            "HTTP/1.1 304 Not Modified 0");
  }

  @Test
  void trailersAreFieldsToo() {
    Bytestream stream =
        Bytestream.opened()
            .client(GET + GET)
            .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            .server("1\r\na\r\n0\r\nDigest: x\r\n\r\n")
            .server("HTTP/1.1 204 No\r\n\r\n");
    assertThat(stream.messages().get(2).headers())
        .containsExactly("Transfer-Encoding: chunked", "Digest: x");
    assertThat(lines(stream)).endsWith("HTTP/1.1 200 OK 1", "HTTP/1.1 204 No 0");
  }

  @Test
  void lengthsThatContradictEachOtherDoNotCount() {
    String twice = "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabc";
    String lie = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcdef";
    assertThat(lines(Bytestream.opened().client(GET + GET).server(twice + lie)))
        .endsWith("HTTP/1.1 200 OK 3", "HTTP/1.1 200 OK 6");
    String coded = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabcdef";
    assertThat(lines(Bytestream.opened().client(GET).server(coded))).endsWith("HTTP/1.1 200 OK 6");
  }

  @Test
  void aWebSocketIsNotHttpBehindItsHead() {
    String upgrade = "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
    assertThat(
            lines(
                Bytestream.opened()
                    .client(upgrade)
                    .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
                    .client(GET)
                    .server("HTTP/1.1 200 OK\r\n\r\n")))
        .containsExactly("GET /chat HTTP/1.1 0", "HTTP/1.1 101 Switching Protocols 0");
    assertThat(
            lines(
                Bytestream.opened()
                    .client(upgrade)
                    .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .client(GET)
                    .server("HTTP/1.1 204 No\r\n\r\n")))
        .hasSize(4);
    assertThat(lines(Bytestream.opened().client(upgrade + GET))).hasSize(2);
  }

  private static List<String> lines(Bytestream stream) {
    return stream.messages().stream().map(m -> m.line() + " " + m.bodyLength()).toList();
  }
}
