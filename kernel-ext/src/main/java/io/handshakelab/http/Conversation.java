package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection. Requests are paired with responses in their order (RFC 9112
 * §9.3.2), because a response's length depends on the method that it answers.
 */
final class Conversation {
  /** A message in its stream: from its first byte up to the end of its body. */
  private record Placed(HttpMessage message, Head head, StreamView stream, int from, int end) {}

  private final Capture capture;
  private final boolean encrypted;
  private final @Nullable StreamView client;
  private final @Nullable StreamView server;
  private final List<Placed> requests = new ArrayList<>();
  private final List<Placed> responses = new ArrayList<>();
  private int clientAt;
  private boolean clientOver;

  private Conversation(
      Capture capture,
      boolean encrypted,
      @Nullable StreamView client,
      @Nullable StreamView server) {
    this.capture = capture;
    this.encrypted = encrypted;
    this.client = client;
    this.server = server;
  }

  static Conversation read(
      Capture capture,
      boolean encrypted,
      @Nullable StreamView client,
      @Nullable StreamView server) {
    Conversation conversation = new Conversation(capture, encrypted, client, server);
    conversation.readRequests();
    conversation.readResponses();
    return conversation;
  }

  List<HttpMessage> messages() {
    List<HttpMessage> all = new ArrayList<>();
    requests.forEach(placed -> all.add(placed.message));
    responses.forEach(placed -> all.add(placed.message));
    return all;
  }

  List<HttpExchange> exchanges() {
    List<HttpExchange> exchanges = new ArrayList<>();
    List<Placed> answers =
        responses.stream().filter(response -> isFinal(response.head.status())).toList();
    for (int i = 0; i < requests.size(); i++) {
      exchanges.add(exchange(requests.get(i), i < answers.size() ? answers.get(i) : null));
    }
    return exchanges;
  }

  /** Up to the end, or to a CONNECT: what follows that depends on its response. */
  private void readRequests() {
    if (client == null || clientOver) {
      return;
    }
    Bytes bytes = client.bytes();
    while (clientAt < bytes.length()) {
      int from = skipEmptyLines(bytes, clientAt);
      Head head = Head.request(bytes, from);
      if (head == null) {
        clientOver = true;
        return;
      }
      Body body = Body.ofRequest(head, bytes);
      requests.add(place(head, body, client, from));
      clientAt = body.end();
      clientOver = !body.whole();
      if (clientOver || head.method().equals("CONNECT")) {
        return;
      }
    }
  }

  private void readResponses() {
    if (server == null) {
      return;
    }
    Bytes bytes = server.bytes();
    int at = 0;
    int answered = 0;
    while (at < bytes.length()) {
      Head head = Head.response(bytes, at);
      if (head == null) {
        return;
      }
      String method = answered < requests.size() ? requests.get(answered).head.method() : "";
      boolean tunnel = method.equals("CONNECT") && head.status() / 100 == 2;
      Body body = tunnel ? Body.none(head.end()) : Body.ofResponse(head, method, bytes);
      responses.add(place(head, body, server, at));
      at = body.end();
      // RFC 9110 §9.3.6 and §15.2.2: from here on, it is another protocol.
      if (tunnel || head.status() == 101 || !body.whole()) {
        return;
      }
      if (isFinal(head.status())) {
        answered++;
        if (method.equals("CONNECT")) {
          readRequests();
        }
      }
    }
  }

  private static boolean isFinal(int status) {
    return status >= 200 || status == 101;
  }

  /** RFC 9112 §2.2: empty lines before a request line are ignored. */
  private static int skipEmptyLines(Bytes bytes, int from) {
    int at = from;
    while (at < bytes.length()
        && at - from < 16
        && (bytes.u8(at) == '\r' || bytes.u8(at) == '\n')) {
      at++;
    }
    return at;
  }

  private Placed place(Head head, Body body, StreamView stream, int from) {
    int frame = stream.readyFrameAt(head.end() - 1);
    HttpMessage message =
        new HttpMessage(
            stream.connection(),
            frame,
            capture.timeNanos(frame),
            stream.sender(),
            head.line(),
            head.headers(),
            body.length());
    return new Placed(message, head, stream, from, body.end());
  }

  private HttpExchange exchange(Placed request, @Nullable Placed response) {
    Evidence evidence = evidence(request);
    if (response == null) {
      return new HttpExchange(
          request.message, null, 0, encrypted, start(request), end(request), 0, 0, evidence);
    }
    Evidence other = evidence(response);
    return new HttpExchange(
        request.message,
        response.message,
        response.head.status(),
        encrypted,
        start(request),
        end(request),
        start(response),
        end(response),
        other.compareTo(evidence) > 0 ? other : evidence);
  }

  private static long start(Placed placed) {
    return placed.stream.timeNanosAt(placed.from);
  }

  private long end(Placed placed) {
    return capture.timeNanos(placed.stream.readyFrameAt(placed.end - 1));
  }

  private static Evidence evidence(Placed placed) {
    Evidence first = placed.stream.evidenceAt(placed.from);
    Evidence last = placed.stream.evidenceAt(placed.end - 1);
    return last.compareTo(first) > 0 ? last : first;
  }
}
