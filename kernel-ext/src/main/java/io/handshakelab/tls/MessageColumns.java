package io.handshakelab.tls;

import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntToLongFunction;

/**
 * The messages of a capture in their order. Single values of a message are told without making all
 * of it: most of a large table is never looked at. For several threads at once.
 */
public final class MessageColumns extends AbstractList<TlsMessage> implements RandomAccess {
  private final List<Row> rows;
  private final IntToLongFunction timeOfFrame;

  MessageColumns(List<Row> rows, IntToLongFunction timeOfFrame) {
    this.rows = rows;
    this.timeOfFrame = timeOfFrame;
  }

  /** Made anew each time. */
  @Override
  public TlsMessage get(int number) {
    Row row = rows.get(number);
    return row.message(number, timeOfFrame.applyAsLong(row.frame()));
  }

  @Override
  public int size() {
    return rows.size();
  }

  public int connection(int number) {
    return rows.get(number).connection();
  }

  public int frame(int number) {
    return rows.get(number).frame();
  }

  public long timeNanos(int number) {
    return timeOfFrame.applyAsLong(frame(number));
  }

  public Sender sender(int number) {
    return rows.get(number).sender();
  }

  public String type(int number) {
    return rows.get(number).type();
  }

  public String version(int number) {
    return rows.get(number).version();
  }

  public int length(int number) {
    return rows.get(number).length();
  }

  public long offset(int number) {
    return rows.get(number).offset();
  }

  public long seq(int number) {
    return rows.get(number).seq();
  }

  /** -1 if there is none. */
  public long ack(int number) {
    return rows.get(number).ack();
  }

  public boolean encrypted(int number) {
    return rows.get(number).encrypted();
  }

  public boolean decrypted(int number) {
    return rows.get(number).decrypted();
  }

  public String summary(int number) {
    return rows.get(number).summary();
  }

  public Evidence evidence(int number) {
    return rows.get(number).evidence();
  }
}
