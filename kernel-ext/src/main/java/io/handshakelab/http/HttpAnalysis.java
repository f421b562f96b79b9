package io.handshakelab.http;

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

/** HTTP/1.x in the clear and in decrypted TLS, told by its bytes and not by ports. */
public final class HttpAnalysis {
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
    List<Conversation> conversations = new ArrayList<>();
    for (Connection connection : tcp.connections()) {
      if (!tls.isTls(connection.number())) {
        conversations.add(
            Conversation.read(capture, false, connection.fromClient(), connection.fromServer()));
      }
    }
    Map<Integer, Map<Sender, StreamView>> decrypted = new TreeMap<>();
    for (StreamView stream : tls.plaintext()) {
      decrypted
          .computeIfAbsent(stream.connection(), number -> new EnumMap<>(Sender.class))
          .put(stream.sender(), stream);
    }
    for (Map<Sender, StreamView> both : decrypted.values()) {
      conversations.add(
          Conversation.read(capture, true, both.get(Sender.CLIENT), both.get(Sender.SERVER)));
    }
    return conversations;
  }
}
