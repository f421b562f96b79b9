package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes DEFLATE behind the cipher: one zlib stream goes through all records of a direction (RFC
 * 3749 §2).
 */
public final class Decompression implements RecordProtection {
  /** The number of DEFLATE as a compression method (RFC 3749 §2). */
  public static final int DEFLATE = 1;

  /** No record has more content (RFC 5246 §6.2.2). */
  private static final int MOST = 1 << 14;

  private final RecordProtection inner;
  private @Nullable Inflater inflater;
  private boolean over;

  public Decompression(RecordProtection inner) {
    this.inner = inner;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    Opened opened = inner.open(type, version, fragment);
    if (opened == null || over) {
      return null;
    }
    Bytes content = inflate(opened.content());
    if (content == null) {
      close();
      return null;
    }
    return new Opened(opened.type(), content);
  }

  @Override
  public long sequence() {
    return inner.sequence();
  }

  /** What is missing takes with it what the rest refers to. */
  @Override
  public void continueAt(long sequence) {
    close();
    inner.continueAt(sequence);
  }

  @Override
  public void lose() {
    close();
  }

  @Override
  public void passOver(Bytes fragment) {
    inner.passOver(fragment);
  }

  @Override
  public void close() {
    over = true;
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  private @Nullable Bytes inflate(Bytes compressed) {
    if (inflater == null) {
      inflater = new Inflater();
    }
    Inflater running = inflater;
    running.setInput(compressed.toArray());
    byte[] out = new byte[MOST + 1];
    int made = 0;
    try {
      int more = running.inflate(out);
      while (more > 0) {
        made += more;
        if (made > MOST) {
          return null;
        }
        more = running.inflate(out, made, out.length - made);
      }
    } catch (DataFormatException e) {
      return null;
    }
    return running.getRemaining() > 0 || running.needsDictionary()
        ? null
        : Bytes.wrap(Arrays.copyOf(out, made));
  }
}
