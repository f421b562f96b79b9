package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.HandshakeAssembler.Origin;

/** Goes on behind what is missing in a stream, and says in a row that it is missing. */
final class GapCrossing {
  private final RowSink rows;

  GapCrossing(RowSink rows) {
    this.rows = rows;
  }

  /** A stream that was begun before the capture need not begin with a record. */
  void join(Direction from) {
    TlsRecord first = from.head();
    if (first != null && first.offset() > 0) {
      StreamView view = from.view();
      MissingView place =
          new MissingView(view.connection(), view.sender(), 0, view.readyFrameAt(first.offset()));
      row(
          place,
          first.offset(),
          "begun before the capture: "
              + first.offset()
              + " bytes up to the first record are skipped");
      from.lose(first.offset());
    }
  }

  /** Whether there are records again behind the end of what was read, which are next then. */
  boolean cross(Direction from) {
    StreamView before = from.view();
    Gap gap = before.gap();
    if (gap == null) {
      return false;
    }
    Losses losses = new Losses(gap);
    StreamView witness = before;
    StreamView last = before;
    for (StreamView next = before.afterGap(); next != null; next = next.afterGap()) {
      losses.missing(next.missingBefore());
      int at = RecordChain.find(next, 0, from.recordVersion());
      if (at >= 0) {
        losses.skip(at);
        from.lose(losses.octets());
        row(MissingView.behind(before, next.readyFrameAt(at)), losses.length(), losses.text());
        from.resume(next, at);
        return true;
      }
      losses.skip(next.length());
      witness = next.length() > 0 ? next : witness;
      last = next;
    }
    if (last.gap() != null) {
      losses.missing(last.missing());
    }
    from.lose(losses.octets());
    if (witness.length() > 0) {
      int frame = witness.readyFrameAt(witness.length() - 1);
      row(MissingView.behind(before, frame), losses.length(), losses.text());
    }
    return false;
  }

  private void row(MissingView place, int length, String summary) {
    TlsRecord nothing = new TlsRecord(0, 0, 0, 0, Bytes.EMPTY);
    rows.add(
        place,
        Row.Kind.GARBAGE,
        "Gap",
        Bytes.EMPTY,
        length,
        new Origin(nothing, 0, false, false),
        nothing,
        summary);
  }

  /** What is missing up to the next record that can be told. */
  private static final class Losses {
    private final Gap why;
    private long missing;
    private boolean exact = true;
    private int places;
    private long skipped;

    Losses(Gap why) {
      this.why = why;
    }

    void missing(long octets) {
      places++;
      exact &= octets >= 0;
      missing += Math.max(0, octets);
    }

    void skip(int octets) {
      skipped += octets;
    }

    long octets() {
      return missing + skipped;
    }

    int length() {
      return (int) Math.min(Integer.MAX_VALUE, missing);
    }

    String text() {
      StringBuilder text = new StringBuilder();
      if (missing > 0) {
        text.append(exact ? "" : "at least ").append(missing).append(' ');
      }
      text.append("bytes are missing here");
      if (places > 1) {
        text.append(" in ").append(places).append(" places");
      }
      text.append(" (").append(why.label()).append(')');
      if (skipped > 0) {
        text.append(", and ").append(skipped).append(" behind them are skipped");
      }
      return text.toString();
    }
  }
}
