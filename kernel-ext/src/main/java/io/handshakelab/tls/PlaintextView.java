package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application data that one end sent, with the way back to the records that carried it. */
final class PlaintextView implements StreamView {
  private final StreamView carrier;
  private final long position;
  private final List<Piece> pieces = new ArrayList<>();
  private int length;
  private boolean cutOff;
  private Gap why = Gap.LOST;
  private @Nullable PlaintextView after;
  private @Nullable Bytes joined;

  /** The content of one record: from {@code start} in the plaintext. */
  private record Piece(int start, Bytes content, TlsRecord record) {}

  PlaintextView(StreamView carrier) {
    this(carrier, 0);
  }

  private PlaintextView(StreamView carrier, long position) {
    this.carrier = carrier;
    this.position = position;
  }

  /** The view that goes on behind what is missing here. */
  PlaintextView continueIn(StreamView nextCarrier) {
    cutOff = true;
    PlaintextView next = new PlaintextView(nextCarrier, position + length);
    after = next;
    return next;
  }

  void add(TlsRecord record, Bytes content) {
    if (!content.isEmpty()) {
      pieces.add(new Piece(length, content, record));
      length += content.length();
      joined = null;
    }
  }

  /** Something is missing behind what is there: what comes is to go into a view of its own. */
  void cut() {
    cutOff = true;
  }

  /** More was decrypted than is kept. */
  void cutAtLimit() {
    if (!cutOff) {
      cutOff = true;
      why = Gap.LIMIT;
    }
  }

  boolean isCut() {
    return cutOff;
  }

  /** Whether nothing is here, nor behind what is missing. */
  boolean isEmpty() {
    for (PlaintextView view = this; view != null; view = view.after) {
      if (!view.pieces.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int connection() {
    return carrier.connection();
  }

  @Override
  public Sender sender() {
    return carrier.sender();
  }

  @Override
  public Bytes bytes() {
    Bytes known = joined;
    if (known == null) {
      known = Bytes.concat(pieces.stream().map(Piece::content).toList());
      joined = known;
    }
    return known;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean cutOff() {
    return cutOff || carrier.cutOff();
  }

  /** Counts what was decrypted: how much is missing is not known. */
  @Override
  public long position() {
    return position;
  }

  @Override
  public @Nullable Gap gap() {
    return cutOff() ? why : null;
  }

  @Override
  public @Nullable StreamView afterGap() {
    return after;
  }

  /** A byte arrives when its record is complete, since it cannot be decrypted sooner. */
  @Override
  public int frameAt(int offset) {
    return carrier.readyFrameAt(piece(offset).record.lastOffset());
  }

  @Override
  public int readyFrameAt(int offset) {
    return frameAt(offset);
  }

  @Override
  public long timeNanosAt(int offset) {
    return carrier.timeNanosAt(readyOffset(piece(offset).record));
  }

  @Override
  public long seqAt(int offset) {
    return carrier.seqAt(piece(offset).record.offset());
  }

  @Override
  public long ackAt(int offset) {
    return carrier.ackAt(piece(offset).record.offset());
  }

  @Override
  public Evidence evidenceAt(int offset) {
    return carrier.evidenceAt(piece(offset).record.offset());
  }

  /** An offset in the record's carrier that arrived with the frame that completed it. */
  private int readyOffset(TlsRecord record) {
    int ready = carrier.readyFrameAt(record.lastOffset());
    for (int at = record.lastOffset(); at >= record.offset(); at--) {
      if (carrier.frameAt(at) == ready) {
        return at;
      }
    }
    return record.lastOffset();
  }

  private Piece piece(int offset) {
    if (offset < 0 || offset >= length) {
      throw new IndexOutOfBoundsException("byte " + offset + " of " + length);
    }
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).start <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return pieces.get(low);
  }
}
