package io.handshakelab.table;

import io.handshakelab.tls.MessageColumns;
import java.util.BitSet;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.booleans.BitSetBooleanData;
import tech.tablesaw.columns.numbers.LongColumnType;

/** The rows of the {@code tls} table that are there already. */
final class TlsListing extends Listing {
  private final long startNanos;
  private final MessageColumns messages;

  TlsListing(long startNanos, MessageColumns messages) {
    super(TlsTables.tlsShape());
    this.startNanos = startNanos;
    this.messages = messages;
  }

  @Override
  void tell(RowSink sink) {
    for (int i = 0; i < messages.size() && !sink.isFull(); i++) {
      if (sink.wants(messages.connection(i))) {
        TlsTables.message(startNanos, messages.get(i), sink);
      }
    }
  }

  /** Numbers are there at once, texts when somebody looks at them. */
  @Override
  Table wholeTable() {
    int size = messages.size();
    int[] connections = new int[size];
    int[] frames = new int[size];
    double[] times = new double[size];
    int[] lengths = new int[size];
    long[] offsets = new long[size];
    long[] seqs = new long[size];
    long[] acks = new long[size];
    BitSet encrypted = new BitSet(size);
    BitSet decrypted = new BitSet(size);
    for (int i = 0; i < size; i++) {
      connections[i] = messages.connection(i);
      frames[i] = messages.frame(i);
      times[i] = (messages.timeNanos(i) - startNanos) / 1e9;
      lengths[i] = messages.length(i);
      offsets[i] = messages.offset(i);
      seqs[i] = messages.seq(i);
      long ack = messages.ack(i);
      acks[i] = ack < 0 ? LongColumnType.missingValueIndicator() : ack;
      encrypted.set(i, messages.encrypted(i));
      decrypted.set(i, messages.decrypted(i));
    }
    return Table.create(
        shape().name(),
        IntColumn.create("conn", connections),
        IntColumn.create("frame", frames),
        DoubleColumn.create("time", times),
        LazyTexts.column("sender", size, i -> messages.sender(i).label()),
        LazyTexts.column("type", size, messages::type),
        LazyTexts.column("version", size, messages::version),
        IntColumn.create("length", lengths),
        LongColumn.create("offset", offsets),
        LongColumn.create("seq", seqs),
        LongColumn.create("ack", acks),
        booleans("encrypted", encrypted, size),
        booleans("decrypted", decrypted, size),
        LazyTexts.column("summary", size, messages::summary, messages::summaries),
        LazyTexts.column("evidence", size, i -> messages.evidence(i).label()));
  }

  private static BooleanColumn booleans(String name, BitSet set, int size) {
    BitSet others = (BitSet) set.clone();
    others.flip(0, size);
    return new BooleanColumn(name, new BitSetBooleanData(set, others, new BitSet()));
  }
}
