package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Secrets;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one end sent, each hundred bytes in a frame of their own. */
record FakeStream(
    Sender sender,
    Bytes bytes,
    int firstFrame,
    boolean cutOff,
    long position,
    @Nullable StreamView afterGap)
    implements StreamView {

  FakeStream(Sender sender, Bytes bytes, int firstFrame, boolean cutOff) {
    this(sender, bytes, firstFrame, cutOff, 0, null);
  }

  /** The same, with a gap of one octet behind it. */
  FakeStream before(Bytes more, int frame) {
    StreamView rest = new FakeStream(sender, more, frame, false, bytes.length() + 1, null);
    return new FakeStream(sender, bytes, firstFrame, true, position, rest);
  }

  /** The messages of a connection in which the client says all before the server does. */
  static TlsAnalysis analysis(Bytes fromClient, Bytes fromServer) {
    return analysis(fromClient, fromServer, true);
  }

  /**
   * @param openingSeen whether the capture holds the beginning of the connection
   */
  static TlsAnalysis analysis(Bytes fromClient, Bytes fromServer, boolean openingSeen) {
    return analysis(
        new FakeStream(Sender.CLIENT, fromClient, 1, false),
        new FakeStream(Sender.SERVER, fromServer, 10_000, false),
        openingSeen);
  }

  static TlsAnalysis analysis(StreamView fromClient, StreamView fromServer, boolean openingSeen) {
    Connection connection =
        new Connection(
            0,
            new Endpoint(Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 40000),
            new Endpoint(Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 443),
            openingSeen,
            fromClient,
            fromServer);
    return TlsAnalysis.of(List.of(connection), Secrets.NONE, frame -> frame);
  }

  /** A record around this content. */
  static Bytes record(int type, Bytes content) {
    return Bytes.concat(
        List.of(
            Bytes.of(
                (byte) type,
                (byte) 3,
                (byte) 3,
                (byte) (content.length() >> 8),
                (byte) content.length()),
            content));
  }

  @Override
  public @Nullable Gap gap() {
    return cutOff ? Gap.LOST : null;
  }

  @Override
  public long missingBefore() {
    return position == 0 ? 0 : 1;
  }

  @Override
  public int connection() {
    return 0;
  }

  @Override
  public int frameAt(int offset) {
    if (offset < 0 || offset >= bytes.length()) {
      throw new IndexOutOfBoundsException(offset);
    }
    return firstFrame + offset / 100;
  }

  @Override
  public int readyFrameAt(int offset) {
    return frameAt(offset);
  }

  @Override
  public long timeNanosAt(int offset) {
    return frameAt(offset);
  }

  @Override
  public long seqAt(int offset) {
    return 1L + offset / 100 * 100L;
  }

  @Override
  public long ackAt(int offset) {
    return 1;
  }

  @Override
  public Evidence evidenceAt(int offset) {
    return Evidence.WIRE;
  }
}
