package io.handshakelab.dns;

import io.handshakelab.packet.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each query was asked, until too many newer ones came. */
final class QueryTimes {
  private static final int LIMIT = 65_536;

  private final Map<Query, Long> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Query, Long> eldest) {
          return size() > LIMIT;
        }
      };

  /** A query is told by both ends, and by what RFC 5452 §9.1 says that an answer must repeat. */
  private record Query(Endpoint client, Endpoint server, DnsMessage.Key key) {}

  void asked(Endpoint from, Endpoint to, DnsMessage.Key key, long timeNanos) {
    times.put(new Query(from, to, key), timeNanos);
  }

  /** When the query was asked to which a message between these is an answer, or null. */
  @Nullable Long askedAt(Endpoint from, Endpoint to, DnsMessage.Key key) {
    return times.get(new Query(to, from, key));
  }
}
