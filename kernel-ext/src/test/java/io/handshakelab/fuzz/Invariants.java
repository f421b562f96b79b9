package io.handshakelab.fuzz;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Capture;
import io.handshakelab.packet.PacketDecoder;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsAnalysis;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.tls.message.Leaf;
import java.util.List;

/** What holds of the engine's values for any input. */
final class Invariants {
  private Invariants() {}

  static void packet(PacketDecoder decoder, Bytes frame) {
    int length = decoder.payloadLength();
    int captured = decoder.capturedPayloadLength();
    check(captured >= 0 && captured <= Math.max(0, length), "payload of " + captured);
    check(decoder.payload().length() == captured, "the payload has another length");
    check(captured <= frame.length(), "more payload than frame");
    check(decoder.source().toString().length() > 0, "a source");
    check(decoder.destination().toString().length() > 0, "a destination");
    if (decoder.isTcp()) {
      check(decoder.seq() >>> 32 == 0 && decoder.ack() >>> 32 == 0, "numbers of 32 bits");
      check(decoder.windowScale() >= -1 && decoder.maximumSegmentSize() >= -1, "options");
      check(decoder.flags() >= 0 && decoder.window() >= 0, "flags and window");
    }
  }

  /** Every segment and every stream with all views behind gaps. */
  static TcpAnalysis tcp(Capture capture) {
    TcpAnalysis tcp = TcpAnalysis.of(capture);
    Segments segments = tcp.segments();
    for (int i = 0; i < segments.size(); i++) {
      check(segments.frame(i) >= 1 && segments.frame(i) <= capture.frameCount(), "frame");
      check(segments.connection(i) < tcp.connections().size(), "connection");
      check(segments.length(i) >= 0, "length");
      segments.note(i);
    }
    for (Connection connection : tcp.connections()) {
      stream(connection.fromClient());
      stream(connection.fromServer());
    }
    tcp.transitions();
    return tcp;
  }

  static void tls(Capture capture) {
    TcpAnalysis tcp = tcp(capture);
    TlsAnalysis tls = TlsAnalysis.of(tcp);
    int frame = 0;
    for (TlsMessage message : tls.messages()) {
      check(message.frame() >= frame, "messages in the order of the capture");
      frame = message.frame();
      check(message.length() >= 0, "length");
      int at = 0;
      for (Field field : tls.fields(message.number())) {
        check(field.offset() == at, "a gap between fields");
        at += field.bytes().length();
      }
      check(at == message.bytes().length(), "fields up to the end");
    }
    tls.plaintext().forEach(Invariants::stream);
  }

  static void tiled(List<Leaf> leaves, Bytes message) {
    int at = 0;
    for (Leaf leaf : leaves) {
      check(leaf.offset() == at && leaf.length() > 0, "leaf at " + leaf.offset());
      at += leaf.length();
    }
    check(at == message.length(), "leaves up to the end");
  }

  static void within(Malformed malformed, Bytes message) {
    check(malformed.offset() >= 0 && malformed.offset() <= message.length(), "offset");
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("does not hold: " + what);
    }
  }

  private static void stream(StreamView first) {
    long end = 0;
    for (StreamView view = first; view != null; view = view.afterGap()) {
      int length = view.length();
      check(view.position() >= end, "views one behind the other");
      check(view.bytes().length() == length, "as many bytes as it says");
      end = view.position() + length;
      if (length > 0) {
        check(
            view.readyFrameAt(length - 1) >= view.frameAt(length - 1), "ready before it is there");
        check(view.slice(0, 1).equals(view.bytes().slice(0, 1)), "slices of the same bytes");
        view.seqAt(0);
        view.ackAt(length - 1);
        view.timeNanosAt(length - 1);
        view.evidenceAt(0);
      }
    }
  }
}
