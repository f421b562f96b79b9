package io.handshakelab.http;

import io.handshakelab.capture.Capture;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.x. Requests are paired with responses in their order (RFC 9112
 * §9.3.2), because a response's length depends on the method that it answers. Where something is
 * missing, a response answers the last request that came before it.
 */
final class Http1Conversation implements Conversation {
  private final Capture capture;
  private final boolean encrypted;
  private final TextBudget budget;
  private final Http1Direction client;
  private final Http1Direction server;
  private final List<Http1Message> requests = new ArrayList<>();
  private final List<Http1Message> responses = new ArrayList<>();

  /** Which request each response answers; the number of requests, or more, for none. */
  private final List<Integer> answered = new ArrayList<>();

  private @Nullable Http2Conversation upgraded;

  private Http1Conversation(
      Capture capture,
      boolean encrypted,
      TextBudget budget,
      @Nullable StreamView client,
      @Nullable StreamView server) {
    this.capture = capture;
    this.encrypted = encrypted;
    this.budget = budget;
    this.client = new Http1Direction(capture, client, true);
    this.server = new Http1Direction(capture, server, false);
  }

  static Http1Conversation read(
      Capture capture,
      boolean encrypted,
      TextBudget budget,
      @Nullable StreamView client,
      @Nullable StreamView server) {
    Http1Conversation conversation =
        new Http1Conversation(capture, encrypted, budget, client, server);
    conversation.readRequests();
    conversation.readResponses();
    return conversation;
  }

  @Override
  public List<HttpMessage> messages() {
    List<HttpMessage> all = new ArrayList<>();
    requests.forEach(request -> all.add(request.placed().message()));
    responses.forEach(response -> all.add(response.placed().message()));
    if (upgraded != null) {
      all.addAll(upgraded.messages());
    }
    return all;
  }

  @Override
  public List<HttpExchange> exchanges() {
    @Nullable Placed[] answers = new @Nullable Placed[requests.size()];
    for (int i = 0; i < responses.size(); i++) {
      Placed response = responses.get(i).placed();
      int request = answered.get(i);
      if (response.isFinal() && request < answers.length) {
        answers[request] = response;
      }
    }
    List<HttpExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      exchanges.add(requests.get(i).placed().answeredBy(answers[i], encrypted));
    }
    if (upgraded != null) {
      exchanges.addAll(upgraded.exchanges());
    }
    return exchanges;
  }

  /** Up to the end, or to what may be followed by another protocol: the response decides. */
  private void readRequests() {
    Http1Message request = client.next("");
    while (request != null) {
      requests.add(request);
      if (server.hasMore() && request.head().mayChangeProtocol()) {
        return;
      }
      request = client.next("");
    }
  }

  private void readResponses() {
    int next = 0;
    while (true) {
      Http1Message response = server.next(method(next));
      if (response == null) {
        return;
      }
      if (client.isIncomplete() || server.isIncomplete()) {
        int latest = latestBefore(response, next);
        if (latest > next) {
          next = latest;
          response = server.again(response, method(next));
        }
      }
      responses.add(response);
      answered.add(next);
      if (changesProtocol(response, method(next))) {
        return;
      }
      if (response.placed().isFinal()) {
        boolean refused = next < requests.size() && requests.get(next).head().mayChangeProtocol();
        next++;
        if (refused) {
          readRequests();
        }
      }
    }
  }

  private String method(int request) {
    return request < requests.size() ? requests.get(request).placed().method() : "";
  }

  /** The last request that was there before the response began, from {@code next} on. */
  private int latestBefore(Http1Message response, int next) {
    int latest = next;
    while (latest + 1 < requests.size()
        && requests.get(latest + 1).placed().message().frame() < response.firstFrame()) {
      latest++;
    }
    return latest;
  }

  /** RFC 9110 §9.3.6 and §15.2.2: from here on, it is another protocol. */
  private boolean changesProtocol(Http1Message response, String method) {
    int status = response.placed().status();
    if (status == 101 && response.head().has("upgrade", "h2c")) {
      upgraded =
          Http2Conversation.read(
              capture,
              encrypted,
              budget,
              client.view(),
              client.position(),
              server.view(),
              server.position());
    }
    return status == 101 || Head.opensTunnel(method, status);
  }
}
