package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tcp.StreamView;
import org.jspecify.annotations.Nullable;

/**
 * Where TLS begins in a connection, told by its bytes and never by a port: at once, behind a talk
 * in the clear that both ends agreed to leave (STARTTLS, a proxy's CONNECT), or before the capture.
 *
 * @param client what the end that speaks first in TLS sends, which may be the server of TCP
 * @param server what the other one sends
 * @param note what came before in the clear, or empty
 */
record TlsStart(Side client, Side server, String note) {
  /** How far into a stream a hello is looked for. */
  private static final int PRELUDE = 64 << 10;

  /** At most so many places that look like a hello are compared with what the other end says. */
  private static final int MOST_HELLOS = 16;

  /**
   * What one end sent.
   *
   * @param offset of its first record, or the length of {@code view} if it lies behind a gap
   * @param sslV2 whether both ends speak SSL 2.0
   */
  record Side(StreamView view, int offset, boolean sslV2) {
    Side(StreamView view, int offset) {
      this(view, offset, false);
    }
  }

  /** Null if no TLS is spoken. */
  static @Nullable TlsStart of(Connection connection) {
    StreamView client = connection.fromClient();
    StreamView server = connection.fromServer();
    Bytes clientStart = start(client);
    Bytes serverStart = start(server);
    if (isSslV2(clientStart, serverStart)) {
      return new TlsStart(new Side(client, 0, true), new Side(server, 0, true), "");
    }
    if (isHello(clientStart)) {
      return new TlsStart(begin(connection, client), begin(connection, server), "");
    }
    if (isHello(serverStart)) {
      return new TlsStart(begin(connection, server), begin(connection, client), "");
    }
    boolean clientIsTls = looksLikeTls(client, clientStart);
    boolean serverIsTls = looksLikeTls(server, serverStart);
    if (clientIsTls && serverIsTls) {
      return new TlsStart(begin(connection, client), begin(connection, server), "");
    }
    TlsStart behind = behindPrelude(client, server);
    if (behind == null) {
      behind = behindPrelude(server, client);
    }
    if (behind != null) {
      return behind;
    }
    if (clientIsTls || serverIsTls) {
      return new TlsStart(begin(connection, client), begin(connection, server), "");
    }
    return inTheMiddle(connection);
  }

  private static Bytes start(StreamView view) {
    return view.slice(0, Math.min(view.length(), HelloShape.LENGTH));
  }

  private static boolean isHello(Bytes start) {
    return HelloShape.isClientHello(start, 0) || SslV2.isClientHello(start);
  }

  private static boolean isSslV2(Bytes client, Bytes server) {
    return SslV2.isServerHello(server)
        || (SslV2.isClientHello(client)
            && (SslV2.isError(server) || (server.isEmpty() && client.u16(3) == SslV2.VERSION)));
  }

  /** Whether a stream begins with something that only TLS begins with. */
  private static boolean looksLikeTls(StreamView view, Bytes start) {
    if (SslV2.isClientHello(start)) {
      return true;
    }
    if (start.length() < RecordHeader.LENGTH
        || !RecordHeader.isPlausible(start, 0)
        || RecordHeader.fragmentLength(start, 0) == 0) {
      return false;
    }
    return isFollowed(view, 0);
  }

  /** Whether another record may begin behind the one at this offset, or nothing is there. */
  private static boolean isFollowed(StreamView view, int at) {
    Bytes header = view.slice(at, at + RecordHeader.LENGTH);
    int next = at + RecordHeader.LENGTH + RecordHeader.fragmentLength(header, 0);
    int left = view.length() - next;
    return left <= 0
        || RecordHeader.isPlausible(
            view.slice(next, next + Math.min(left, RecordHeader.LENGTH)), 0);
  }

  /** A stream that was begun before the capture may begin within a record. */
  private static Side begin(Connection connection, StreamView view) {
    if (!mayBeginInTheMiddle(connection) || looksLikeTls(view, start(view))) {
      return new Side(view, 0);
    }
    Side found = firstRecord(view);
    return found == null ? new Side(view, 0) : found;
  }

  private static @Nullable TlsStart behindPrelude(StreamView client, StreamView server) {
    int length = Math.min(client.length(), PRELUDE);
    if (length < HelloShape.LENGTH) {
      return null;
    }
    Bytes said = client.slice(0, length);
    int tried = 0;
    for (int at = said.indexOf(TlsRecord.HANDSHAKE, 0);
        at >= 0 && tried < MOST_HELLOS;
        at = said.indexOf(TlsRecord.HANDSHAKE, at + 1)) {
      if (HelloShape.isClientHello(said, at) && isFollowed(client, at)) {
        tried++;
        TlsStart start = answered(client, at, server);
        if (start != null) {
          return start;
        }
      }
    }
    return null;
  }

  /** A hello counts if what the other end says from then on is TLS as well. */
  private static @Nullable TlsStart answered(StreamView client, int hello, StreamView server) {
    int heard = firstHeardBehind(server, client.frameAt(hello));
    int answer = answerAt(server, heard);
    Prelude prelude =
        Prelude.of(
            client.slice(0, hello),
            server.slice(0, Math.min(answer < 0 ? heard : answer, PRELUDE)));
    boolean silent = heard == server.length() || server.cutOff();
    if (answer < 0 && !(silent && prelude.isKnown())) {
      return null;
    }
    int from = answer < 0 ? server.length() : answer;
    return new TlsStart(new Side(client, hello), new Side(server, from), prelude.note(hello));
  }

  /** The first offset whose byte arrived no sooner than this frame, or the length. */
  private static int firstHeardBehind(StreamView view, int frame) {
    int low = 0;
    int high = view.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (view.readyFrameAt(middle) >= frame) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static int answerAt(StreamView server, int from) {
    int length = Math.min(server.length() - from, PRELUDE);
    Bytes said = server.slice(from, from + Math.max(0, length));
    for (int at = 0; at < length; at++) {
      int type = said.u8(at);
      if ((type == TlsRecord.HANDSHAKE || type == TlsRecord.ALERT)
          && HelloShape.isAnswer(said, at)
          && isFollowed(server, from + at)) {
        return from + at;
      }
    }
    return -1;
  }

  /** Nothing but a long chain of records tells a TLS connection whose hellos are not there. */
  private static @Nullable TlsStart inTheMiddle(Connection connection) {
    if (!mayBeginInTheMiddle(connection)) {
      return null;
    }
    Side client = firstRecord(connection.fromClient());
    Side server = firstRecord(connection.fromServer());
    return client == null && server == null
        ? null
        : new TlsStart(
            client == null ? new Side(connection.fromClient(), 0) : client,
            server == null ? new Side(connection.fromServer(), 0) : server,
            "");
  }

  private static boolean mayBeginInTheMiddle(Connection connection) {
    return !connection.openingSeen()
        || connection.fromClient().cutOff()
        || connection.fromServer().cutOff()
        || connection.fromClient().gapBefore() == Gap.BEFORE_CAPTURE
        || connection.fromServer().gapBefore() == Gap.BEFORE_CAPTURE;
  }

  private static @Nullable Side firstRecord(StreamView first) {
    for (StreamView view = first; view != null; view = view.afterGap()) {
      int at = RecordChain.find(view, 0, 0);
      if (at >= 0) {
        return new Side(first, view == first ? at : first.length());
      }
    }
    return null;
  }
}
