package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTP/1.x and HTTP/2 in the clear and in decrypted TLS, told by bytes and not by ports. */
public final class HttpAnalysis {
  /** Characters of HTTP/2's header text that are kept of one capture. */
  private static final long HEADER_TEXT = 128L << 20;

  private static final Bytes CONNECT = Bytes.utf8("CONNECT ");

  private HttpAnalysis() {}

  /** In the order of the capture. */
  public static List<HttpMessage> of(TcpAnalysis tcp, TlsAnalysis tls) {
    List<HttpMessage> messages = new ArrayList<>();
    conversations(tcp, tls).forEach(conversation -> messages.addAll(conversation.messages()));
    messages.sort(Comparator.comparingInt(HttpMessage::frame));
    return List.copyOf(messages);
  }

  /** Requests with their responses, by the time of the request. */
  public static List<HttpExchange> exchanges(TcpAnalysis tcp, TlsAnalysis tls) {
    List<HttpExchange> exchanges = new ArrayList<>();
    conversations(tcp, tls).forEach(conversation -> exchanges.addAll(conversation.exchanges()));
    exchanges.sort(Comparator.comparingLong(HttpExchange::requestStartNanos));
    return List.copyOf(exchanges);
  }

  private static List<Conversation> conversations(TcpAnalysis tcp, TlsAnalysis tls) {
    Capture capture = tcp.capture();
    TextBudget budget = new TextBudget(HEADER_TEXT);
    List<Conversation> conversations = new ArrayList<>();
    for (Connection connection : tcp.connections()) {
      if (!tls.isTls(connection.number()) || beginsInTheClear(connection)) {
        conversations.add(
            read(capture, false, budget, connection.fromClient(), connection.fromServer()));
      }
      connection.fromClient().release();
      connection.fromServer().release();
    }
    Map<Integer, Map<Sender, StreamView>> decrypted = new TreeMap<>();
    for (StreamView stream : tls.plaintext()) {
      decrypted
          .computeIfAbsent(stream.connection(), number -> new EnumMap<>(Sender.class))
          .putIfAbsent(stream.sender(), stream);
    }
    for (Map<Sender, StreamView> both : decrypted.values()) {
      conversations.add(
          read(capture, true, budget, both.get(Sender.CLIENT), both.get(Sender.SERVER)));
      both.values().forEach(StreamView::release);
    }
    return conversations;
  }

  /** Through a proxy, TLS begins behind a CONNECT. */
  private static boolean beginsInTheClear(Connection connection) {
    StreamView client = connection.fromClient();
    return client.length() > CONNECT.length() && client.slice(0, CONNECT.length()).equals(CONNECT);
  }

  private static Conversation read(
      Capture capture,
      boolean encrypted,
      TextBudget budget,
      @Nullable StreamView client,
      @Nullable StreamView server) {
    return Http2Start.isHttp2(client, server)
        ? Http2Conversation.read(capture, encrypted, budget, client, 0, server, 0)
        : Http1Conversation.read(capture, encrypted, budget, client, server);
  }
}
