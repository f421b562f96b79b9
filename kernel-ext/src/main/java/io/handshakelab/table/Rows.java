package io.handshakelab.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Collects rows cell by cell, in the order in which the columns were named. A null cell is a
 * missing value.
 */
final class Rows {
  private final String name;
  private final List<Column<?>> columns = new ArrayList<>();
  private int next;

  Rows(String name) {
    this.name = name;
  }

  Rows ints(String... names) {
    for (String column : names) {
      columns.add(IntColumn.create(column));
    }
    return this;
  }

  Rows longs(String... names) {
    for (String column : names) {
      columns.add(LongColumn.create(column));
    }
    return this;
  }

  Rows doubles(String... names) {
    for (String column : names) {
      columns.add(DoubleColumn.create(column));
    }
    return this;
  }

  Rows booleans(String... names) {
    for (String column : names) {
      columns.add(BooleanColumn.create(column));
    }
    return this;
  }

  Rows texts(String... names) {
    for (String column : names) {
      columns.add(StringColumn.create(column));
    }
    return this;
  }

  Rows add(@Nullable Integer value) {
    IntColumn column = (IntColumn) column();
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value.intValue());
    }
    return this;
  }

  Rows add(@Nullable Long value) {
    LongColumn column = (LongColumn) column();
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value.longValue());
    }
    return this;
  }

  Rows add(@Nullable Double value) {
    DoubleColumn column = (DoubleColumn) column();
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value.doubleValue());
    }
    return this;
  }

  Rows add(@Nullable Boolean value) {
    BooleanColumn column = (BooleanColumn) column();
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value.booleanValue());
    }
    return this;
  }

  Rows add(@Nullable String value) {
    StringColumn column = (StringColumn) column();
    if (value == null) {
      column.appendMissing();
    } else {
      column.append(value);
    }
    return this;
  }

  Table table() {
    if (next != 0) {
      throw new IllegalStateException("the last row of " + name + " has only " + next + " cells");
    }
    return Table.create(name, columns);
  }

  private Column<?> column() {
    Column<?> column = columns.get(next);
    next = (next + 1) % columns.size();
    return column;
  }
}
