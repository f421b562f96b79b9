package io.handshakelab.tls;

import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntToLongFunction;

/**
 * The messages of a capture in their order. Single values of a message are told without making all
 * of it: most of a large table is never looked at. For several threads at once.
 */
public final class MessageColumns extends AbstractList<TlsMessage> implements RandomAccess {
  private final MessageStore store;
  private final int[] order;
  private final ConnectionRows rows;
  private final IntToLongFunction timeOfFrame;

  MessageColumns(MessageStore store, ConnectionRows rows, IntToLongFunction timeOfFrame) {
    this.store = store;
    this.order = store.inOrder();
    this.rows = rows;
    this.timeOfFrame = timeOfFrame;
  }

  /** Made anew each time. */
  @Override
  public TlsMessage get(int number) {
    return row(number).message(number, timeNanos(number));
  }

  @Override
  public int size() {
    return order.length;
  }

  public int connection(int number) {
    return store.connection(order[number]);
  }

  public int frame(int number) {
    return store.frame(order[number]);
  }

  public long timeNanos(int number) {
    return timeOfFrame.applyAsLong(frame(number));
  }

  public Sender sender(int number) {
    return store.sender(order[number]);
  }

  public String type(int number) {
    return store.type(order[number]);
  }

  public String version(int number) {
    return ProtocolVersion.name(store.version(order[number]));
  }

  public int length(int number) {
    return store.length(order[number]);
  }

  public long offset(int number) {
    return store.offset(order[number]);
  }

  public long seq(int number) {
    return store.seq(order[number]);
  }

  /** -1 if there is none. */
  public long ack(int number) {
    return store.ack(order[number]);
  }

  public boolean encrypted(int number) {
    return store.encrypted(order[number]);
  }

  public boolean decrypted(int number) {
    return store.decrypted(order[number]);
  }

  /** Made anew each time. */
  public String summary(int number) {
    return row(number).summary();
  }

  /** All summaries: for less than one after the other. */
  public String[] summaries() {
    String[] all = new String[order.length];
    int[] numbers = new int[order.length];
    for (int number = 0; number < order.length; number++) {
      numbers[order[number]] = number;
    }
    for (int number : numbers) {
      all[number] = summary(number);
    }
    return all;
  }

  public Evidence evidence(int number) {
    return store.evidence(order[number]);
  }

  Row row(int number) {
    int at = order[number];
    return rows.of(store.connection(at)).row(store.place(at));
  }
}
