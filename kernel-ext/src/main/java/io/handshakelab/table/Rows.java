package io.handshakelab.table;

import io.handshakelab.table.TableShape.Kind;
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

/** Makes a Tablesaw table of rows. */
final class Rows extends RowSink {
  private final String name;
  private final List<Column<?>> columns = new ArrayList<>();
  private int next;

  Rows(TableShape shape) {
    name = shape.name();
    for (int i = 0; i < shape.size(); i++) {
      columns.add(column(shape.kind(i), shape.column(i)));
    }
  }

  private static Column<?> column(Kind kind, String name) {
    return switch (kind) {
      case INT -> IntColumn.create(name);
      case LONG -> LongColumn.create(name);
      case DOUBLE -> DoubleColumn.create(name);
      case BOOLEAN -> BooleanColumn.create(name);
      case TEXT -> StringColumn.create(name);
    };
  }

  @Override
  void begin() {
    checkWhole();
  }

  @Override
  Rows add(int value) {
    ((IntColumn) column()).append(value);
    return this;
  }

  @Override
  Rows add(long value) {
    ((LongColumn) column()).append(value);
    return this;
  }

  @Override
  Rows add(double value) {
    ((DoubleColumn) column()).append(value);
    return this;
  }

  @Override
  Rows add(boolean value) {
    ((BooleanColumn) column()).append(value);
    return this;
  }

  @Override
  Rows add(@Nullable String value) {
    if (value == null) {
      return missing();
    }
    ((StringColumn) column()).append(value);
    return this;
  }

  @Override
  Rows missing() {
    column().appendMissing();
    return this;
  }

  @Override
  Rows seconds(long nanos) {
    return add(nanos / 1e9);
  }

  Table table() {
    checkWhole();
    return Table.create(name, columns);
  }

  private void checkWhole() {
    if (next != 0) {
      throw new IllegalStateException("the last row of " + name + " has only " + next + " cells");
    }
  }

  private Column<?> column() {
    Column<?> column = columns.get(next);
    next = next + 1 == columns.size() ? 0 : next + 1;
    return column;
  }
}
