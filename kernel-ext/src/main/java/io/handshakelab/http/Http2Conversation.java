package io.handshakelab.http;

import io.handshakelab.capture.Capture;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection that speaks HTTP/2: a request and its response share a stream. */
final class Http2Conversation implements Conversation {
  private final boolean encrypted;
  private final List<Http2Message> requests = new ArrayList<>();
  private final List<Http2Message> responses = new ArrayList<>();
  private final List<Placed> remarks = new ArrayList<>();

  private Http2Conversation(boolean encrypted) {
    this.encrypted = encrypted;
  }

  /** From these offsets on, at which a preface or a frame begins. */
  static Http2Conversation read(
      Capture capture,
      boolean encrypted,
      TextBudget budget,
      @Nullable StreamView client,
      int clientFrom,
      @Nullable StreamView server,
      int serverFrom) {
    Http2Conversation conversation = new Http2Conversation(encrypted);
    Map<Integer, String> notes = new HashMap<>();
    if (client != null) {
      Http2Direction sent = Http2Direction.read(capture, client, clientFrom, budget);
      conversation.requests.addAll(sent.messages());
      conversation.remarks.addAll(sent.remarks());
      sent.resets()
          .forEach((stream, why) -> notes.put(stream, "(reset by the client: " + why + ")"));
    }
    if (server != null) {
      Http2Direction sent = Http2Direction.read(capture, server, serverFrom, budget);
      conversation.responses.addAll(sent.messages());
      conversation.remarks.addAll(sent.remarks());
      sent.resets()
          .forEach((stream, why) -> notes.put(stream, "(reset by the server: " + why + ")"));
    }
    conversation.note(notes);
    return conversation;
  }

  @Override
  public List<HttpMessage> messages() {
    List<HttpMessage> all = new ArrayList<>();
    requests.forEach(request -> all.add(request.placed().message()));
    responses.forEach(response -> all.add(response.placed().message()));
    remarks.forEach(remark -> all.add(remark.message()));
    return all;
  }

  @Override
  public List<HttpExchange> exchanges() {
    Map<Integer, Placed> answers = new HashMap<>();
    for (Http2Message response : responses) {
      Placed placed = response.placed();
      if (placed.isFinal()) {
        answers.putIfAbsent(response.stream(), placed);
      }
    }
    List<HttpExchange> exchanges = new ArrayList<>();
    for (Http2Message request : requests) {
      if (request.isRequest()) {
        exchanges.add(request.placed().answeredBy(answers.get(request.stream()), encrypted));
      }
    }
    return exchanges;
  }

  /** A reset stands with the response where there is one, else with the request. */
  private void note(Map<Integer, String> notes) {
    for (List<Http2Message> told : List.of(responses, requests)) {
      for (Http2Message message : told) {
        String note = message.isFollowed() ? null : notes.remove(message.stream());
        if (note != null) {
          message.addNote(note);
        }
      }
    }
  }
}
