package io.handshakelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpAnalysisTest {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("0a000001"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 8123);

  @Test
  void aRedirectIsReadWithItsFields() {
    List<HttpMessage> messages =
        read(
            "GET /x HTTP/1.1\r\nHost: lab.test\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation:  https://www.lab.test/x\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).line()).isEqualTo("GET /x HTTP/1.1");
    assertThat(messages.get(0).headers()).containsExactly("Host: lab.test");
    assertThat(messages.get(0).bodyLength()).isZero();
    assertThat(messages.get(1).line()).isEqualTo("HTTP/1.1 302 Found");
    assertThat(messages.get(1).headers())
        .containsExactly("Location: https://www.lab.test/x", "Content-Length: 3");
    assertThat(messages.get(1).bodyLength()).isEqualTo(3);
    assertThat(messages.get(1).frame()).isEqualTo(5);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    assertThat(
            lengths(
                String.join(
                    "",
                    "HEAD / HTTP/1.1\r\n\r\nGET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\n",
                    "Content-Length: 4\r\n\r\nbody\r\nGET /c HTTP/1.1\r\n\r\n"),
                String.join(
                    "",
                    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
                    "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",
                    "HTTP/1.1 100 Continue\r\n\r\n",
                    "HTTP/1.1 204 No Content\r\n\r\n",
                    "HTTP/1.0 200 OK\r\n\r\nuntil the end")))
        .containsExactly(
            "HEAD / HTTP/1.1 0",
            "GET /a HTTP/1.1 0",
            "POST /b HTTP/1.1 4",
            "GET /c HTTP/1.1 0",
            "HTTP/1.1 200 OK 0",
            "HTTP/1.1 304 Not Modified 0",
            "HTTP/1.1 100 Continue 0",
            "HTTP/1.1 204 No Content 0",
            "HTTP/1.0 200 OK 13");
  }

  @Test
  void chunksAreCountedWithoutTheirLines() {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
    String gets = "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    assertThat(
            lengths(
                gets,
                chunked
                    + String.join(
                        "",
                        "5;name=value\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")))
        .endsWith("HTTP/1.1 200 OK 15", "HTTP/1.1 200 OK 1");
    assertThat(lengths(gets, chunked + "5\r\nhello\r\nzz\r\n")).endsWith("HTTP/1.1 200 OK 5");
    assertThat(lengths(gets, chunked + "ffffffff\r\nhel")).endsWith("HTTP/1.1 200 OK 3");
    assertThat(lengths(gets, chunked + "7fffffffffffffff\r\nhel")).endsWith("HTTP/1.1 200 OK 0");
  }

  @Test
  void aTunnelIsNotHttpBehindItsHead() {
    assertThat(
            lengths(
                "CONNECT h:443 HTTP/1.1\r\n\r\nGET /inside HTTP/1.1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
        .containsExactly("CONNECT h:443 HTTP/1.1 0", "HTTP/1.1 200 OK 0");
    assertThat(
            lengths(
                "CONNECT h:443 HTTP/1.1\r\n\r\nGET /again HTTP/1.1\r\n\r\n",
                "HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.1 200 OK\r\n\r\nx"))
        .containsExactlyInAnyOrder(
            "CONNECT h:443 HTTP/1.1 0",
            "GET /again HTTP/1.1 0",
            "HTTP/1.1 407 No 2",
            "HTTP/1.1 200 OK 1");
  }

  @Test
  void garbageGivesNoRow() {
    assertThat(read("hello world\r\n\r\n", "\u0000\u0001\u0002")).isEmpty();
    assertThat(read("GET / HTTP/2.0\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n")).isEmpty();
    assertThat(read("GET / HTTP/1.1\r\nno colon here\r\n\r\n", "")).isEmpty();
    assertThat(read("GET / HTTP/1.1\r\nHost: cut", "HTTP/1.1 200 OK\r\n")).isEmpty();
    assertThat(
            read(String.join("", "GET / HTTP/1.1\r\nX: ", "a").repeat(Head.LIMIT) + "\r\n\r\n", ""))
        .isEmpty();
  }

  @Test
  void noPrefixAndNoMutationThrows() {
    String request = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    String response = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n folded\r\n\r\n0123456789";
    for (int i = 0; i <= request.length(); i++) {
      assertThat(read(request.substring(0, i), response)).isNotEmpty();
    }
    Random random = new Random(9112);
    for (int i = 0; i < 2000; i++) {
      read(mutated(request, random), mutated(response, random));
    }
  }

  @Test
  void exchangesPairEachRequestWithItsFinalResponse() {
    TcpAnalysis tcp =
        tcp(
            "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n",
            String.join(
                "",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    List<HttpExchange> exchanges = HttpAnalysis.exchanges(tcp, TlsAnalysis.of(tcp));
    assertThat(exchanges).extracting(HttpExchange::status).containsExactly(301, 404, 0);
    assertThat(exchanges.get(0).requestStartNanos()).isEqualTo(4_000_000);
    assertThat(exchanges.get(0).responseEndNanos()).isEqualTo(5_000_000);
    assertThat(exchanges.get(2).response()).isNull();
  }

  private static String mutated(String text, Random random) {
    char[] changed = text.toCharArray();
    changed[random.nextInt(changed.length)] = (char) random.nextInt(256);
    return new String(changed);
  }

  private static List<String> lengths(String request, String response) {
    return read(request, response).stream().map(m -> m.line() + " " + m.bodyLength()).toList();
  }

  private static List<HttpMessage> read(String request, String response) {
    TcpAnalysis tcp = tcp(request, response);
    return HttpAnalysis.of(tcp, TlsAnalysis.of(tcp));
  }

  private static TcpAnalysis tcp(String request, String response) {
    Capture.Builder capture = Capture.builder("test");
    long[] nanos = {0};
    java.util.function.Consumer<Bytes> add =
        data ->
            capture.frame(
                nanos[0] += 1_000_000, LinkType.RAW, data, data.length(), Evidence.WIRE, null);
    add.accept(PacketBuilder.from(CLIENT).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    add.accept(PacketBuilder.from(SERVER).to(CLIENT).seq(0).ack(1).flags(PacketBuilder.SYN).tcp());
    add.accept(PacketBuilder.from(CLIENT).to(SERVER).seq(1).ack(1).tcp());
    long seq = 1;
    for (int at = 0; at == 0 || at < request.length(); at += 40_000) {
      Bytes part = latin1(request.substring(at, Math.min(request.length(), at + 40_000)));
      add.accept(PacketBuilder.from(CLIENT).to(SERVER).seq(seq).ack(1).tcp(part));
      seq += part.length();
    }
    add.accept(PacketBuilder.from(SERVER).to(CLIENT).seq(1).ack(seq).tcp(latin1(response)));
    return TcpAnalysis.of(capture.build());
  }

  private static Bytes latin1(String text) {
    return Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
