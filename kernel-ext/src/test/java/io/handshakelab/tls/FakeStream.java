package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Secrets;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import java.util.List;

/** What one end sent, each hundred bytes in a frame of their own. */
record FakeStream(Sender sender, Bytes bytes, int firstFrame, boolean cutOff)
    implements StreamView {

  /** The messages of a connection in which the client says all before the server does. */
  static TlsAnalysis analysis(Bytes fromClient, Bytes fromServer) {
    return analysis(fromClient, fromServer, true);
  }

  /**
   * @param openingSeen whether the capture holds the beginning of the connection
   */
  static TlsAnalysis analysis(Bytes fromClient, Bytes fromServer, boolean openingSeen) {
    Connection connection =
        new Connection(
            0,
            new Endpoint(Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 40000),
            new Endpoint(Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 443),
            openingSeen,
            new FakeStream(Sender.CLIENT, fromClient, 1, false),
            new FakeStream(Sender.SERVER, fromServer, 10_000, false));
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
