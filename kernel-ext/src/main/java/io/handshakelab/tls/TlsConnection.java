package io.handshakelab.tls;

import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The messages of one connection in the order of the capture. */
public final class TlsConnection {
  private static final int MOST_MOVES = 1000;

  private final int connection;
  private Row[] rows;
  private final int[] frames;
  private final IntToLongFunction timeOfFrame;
  private final List<String> warnings;
  private final int plaintext;

  TlsConnection(int connection, ConnectionReader reader, IntToLongFunction timeOfFrame) {
    this.connection = connection;
    this.timeOfFrame = timeOfFrame;
    int version = reader.version();
    warnings = reader.warnings();
    plaintext = reader.plaintextKept();
    rows = reader.rows().toArray(new Row[0]);
    frames = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i].settle(version);
      frames[i] = rows[i].frame();
    }
    sort();
  }

  public int connection() {
    return connection;
  }

  public int size() {
    return frames.length;
  }

  /** In which frame each message is complete: not a copy, and not to be changed. */
  public int[] frames() {
    return frames;
  }

  /** The message in this place, which has this number among all of the capture. */
  public TlsMessage message(int place, int number) {
    return rows[place].message(number, timeOfFrame.applyAsLong(frames[place]));
  }

  public long timeNanos(int place) {
    return timeOfFrame.applyAsLong(frames[place]);
  }

  public Sender sender(int place) {
    return rows[place].sender();
  }

  public String type(int place) {
    return rows[place].type();
  }

  public String version(int place) {
    return rows[place].version();
  }

  public int length(int place) {
    return rows[place].length();
  }

  public long offset(int place) {
    return rows[place].offset();
  }

  public long seq(int place) {
    return rows[place].seq();
  }

  /** -1 if there is none. */
  public long ack(int place) {
    return rows[place].ack();
  }

  public boolean encrypted(int place) {
    return rows[place].encrypted();
  }

  public boolean decrypted(int place) {
    return rows[place].decrypted();
  }

  /** The first part of the summary. */
  public String summaryStart(int place) {
    return rows[place].summaryStart();
  }

  /** The rest of it, which is the same object for many messages. */
  public String summaryEnd(int place) {
    return rows[place].summaryEnd();
  }

  public Evidence evidence(int place) {
    return rows[place].evidence();
  }

  public List<String> warnings() {
    return warnings;
  }

  /** Octets of decrypted data that were kept. */
  public int plaintext() {
    return plaintext;
  }

  /** Forgets the messages, but not how many there were and where. */
  public void forget() {
    rows = new Row[0];
  }

  /** Forgets of each message what can be read again. */
  void forgetMessages() {
    for (Row row : rows) {
      row.forgetMessage();
    }
  }

  Row row(int place) {
    return rows[place];
  }

  /** Rows are mostly in order already, and those of one frame stay in theirs. */
  private void sort() {
    long moves = 0;
    for (int i = 1; i < rows.length; i++) {
      if (moves > MOST_MOVES + 8L * rows.length) {
        sortFromAnyOrder();
        return;
      }
      Row row = rows[i];
      int frame = frames[i];
      int to = i;
      while (to > 0 && frames[to - 1] > frame) {
        rows[to] = rows[to - 1];
        frames[to] = frames[to - 1];
        to--;
      }
      rows[to] = row;
      frames[to] = frame;
      moves += i - to;
    }
  }

  /** What lies behind a gap may have come before the gap. */
  private void sortFromAnyOrder() {
    Arrays.sort(rows, Comparator.comparingInt(Row::frame));
    for (int i = 0; i < rows.length; i++) {
      frames[i] = rows[i].frame();
    }
  }
}
