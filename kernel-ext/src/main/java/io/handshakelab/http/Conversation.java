package io.handshakelab.http;

import java.util.List;

/** What the two ends of one connection said. */
interface Conversation {
  /** Requests and responses, and what else is worth a row. */
  List<HttpMessage> messages();

  List<HttpExchange> exchanges();
}
