package io.handshakelab.analysis;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.TlsMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The phases of one connection that its segments and TLS messages show. */
final class ConnectionPhases {
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final int ACK = 0x10;

  private final Connection connection;
  private final Segments segments;
  private final List<Integer> rows;
  private final List<TlsMessage> messages;

  private ConnectionPhases(
      Connection connection, Segments segments, List<Integer> rows, List<TlsMessage> messages) {
    this.connection = connection;
    this.segments = segments;
    this.rows = rows;
    this.messages = messages;
  }

  static List<Phase> of(
      Connection connection, Segments segments, List<Integer> rows, List<TlsMessage> messages) {
    ConnectionPhases phases = new ConnectionPhases(connection, segments, rows, messages);
    List<Phase> found = new ArrayList<>();
    add(found, phases.tcp());
    add(found, phases.tls());
    add(found, phases.close());
    return found;
  }

  private static void add(List<Phase> phases, @Nullable Phase phase) {
    if (phase != null) {
      phases.add(phase);
    }
  }

  /** RFC 9293 §3.5: SYN, SYN,ACK, and the first ACK after it of the end that began. */
  private @Nullable Phase tcp() {
    Turns turns = new Turns();
    boolean answered = false;
    for (int row : rows) {
      int flags = segments.flags(row);
      boolean client = segments.sender(row) == Sender.CLIENT;
      if ((flags & RST) != 0 || (turns.isEmpty() && (flags & (SYN | ACK)) != SYN)) {
        return null;
      }
      if ((flags & SYN) != 0) {
        add(turns, row, client);
        answered |= !client && (flags & ACK) != 0;
      } else if (answered && client && (flags & ACK) != 0) {
        add(turns, row, true);
        return turns.phase(connection.number(), "tcp");
      }
    }
    return null;
  }

  /** From the ClientHello to the first Finished of the end that sends its own last. */
  private @Nullable Phase tls() {
    Turns turns = new Turns();
    int last = lastOfHandshake();
    for (int i = 0; i <= last; i++) {
      TlsMessage message = messages.get(i);
      if (turns.isEmpty() && !message.type().equals("ClientHello")) {
        continue;
      }
      if (message.type().equals("ChangeCipherSpec")) {
        // Never a turn of its own, and in TLS 1.3 sent only for show (RFC 8446 §D.4).
        turns.extend(message.timeNanos(), message.evidence());
        continue;
      }
      if (message.type().equals("Gap")) {
        continue;
      }
      long start = startNanos(message);
      turns.add(
          message.sender() == Sender.CLIENT,
          Math.min(start, message.timeNanos()),
          message.timeNanos(),
          message.evidence());
    }
    return turns.isEmpty() ? null : turns.phase(connection.number(), "tls");
  }

  /** When its first byte was captured, in whichever part of the stream that is. */
  private long startNanos(TlsMessage message) {
    for (StreamView view = connection.from(message.sender());
        view != null;
        view = view.afterGap()) {
      long at = message.offset() - view.position();
      if (at >= 0 && at < view.length()) {
        return view.timeNanosAt((int) at);
      }
    }
    return message.timeNanos();
  }

  /** Without keys, Finished is among the encrypted messages that come before application data. */
  private int lastOfHandshake() {
    Set<Sender> finished = EnumSet.noneOf(Sender.class);
    int last = -1;
    int encrypted = -1;
    boolean data = false;
    for (int i = 0; i < messages.size(); i++) {
      TlsMessage message = messages.get(i);
      if (message.type().equals("Finished") && finished.add(message.sender())) {
        last = i;
      }
      data |= message.type().equals("ApplicationData");
      if (!data && message.type().equals("EncryptedHandshake")) {
        encrypted = i;
      }
    }
    return last >= 0 ? last : encrypted;
  }

  /** RFC 9293 §3.6, and before it the close_notify of RFC 8446 §6.1. */
  private @Nullable Phase close() {
    int from = Integer.MAX_VALUE;
    for (int row : rows) {
      if ((segments.flags(row) & FIN) != 0) {
        from = segments.frame(row);
        break;
      }
    }
    for (TlsMessage message : messages) {
      if (isCloseNotify(message)) {
        from = Math.min(from, message.frame());
      }
    }
    Turns turns = new Turns();
    @Nullable Sender first = null;
    for (int row : rows) {
      if (segments.frame(row) >= from) {
        first = first == null ? segments.sender(row) : first;
        if (segments.length(row) > 0 || (segments.flags(row) & (FIN | RST)) != 0) {
          add(turns, row, segments.sender(row) == first);
        } else {
          turns.extend(segments.timeNanos(row), segments.evidence(row));
        }
      }
    }
    return turns.isEmpty() ? null : turns.phase(connection.number(), "close");
  }

  /** An alert that cannot be read is nearly always this one. */
  private static boolean isCloseNotify(TlsMessage message) {
    return message.type().equals("Alert")
        && (message.summary().contains("close_notify")
            || (message.encrypted() && !message.decrypted()));
  }

  private void add(Turns turns, int row, boolean fromFirst) {
    long nanos = segments.timeNanos(row);
    turns.add(fromFirst, nanos, nanos, segments.evidence(row));
  }
}
