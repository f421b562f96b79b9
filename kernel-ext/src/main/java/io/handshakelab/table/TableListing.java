package io.handshakelab.table;

import io.handshakelab.table.TableShape.Kind;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The rows of a table that is there already, also of one that a person has made. */
final class TableListing extends Listing {
  private final Table table;

  TableListing(Table table) {
    super(shape(table));
    this.table = table;
  }

  private static TableShape shape(Table table) {
    TableShape shape = TableShape.of(Cells.name(table));
    for (Column<?> column : table.columns()) {
      shape.columns(kind(column), column.name());
    }
    return shape;
  }

  private static Kind kind(Column<?> column) {
    if (column instanceof IntColumn) {
      return Kind.INT;
    }
    if (column instanceof LongColumn) {
      return Kind.LONG;
    }
    if (column instanceof NumberColumn) {
      return Kind.DOUBLE;
    }
    return column instanceof BooleanColumn ? Kind.BOOLEAN : Kind.TEXT;
  }

  @Override
  void tell(RowSink sink) {
    for (int row = 0; row < table.rowCount() && !sink.isFull(); row++) {
      if (sink.row()) {
        for (Column<?> column : table.columns()) {
          cell(column, row, sink);
        }
      }
    }
  }

  private static void cell(Column<?> column, int row, RowSink sink) {
    if (column.isMissing(row)) {
      sink.missing();
    } else if (column instanceof IntColumn numbers) {
      sink.add(numbers.getInt(row));
    } else if (column instanceof LongColumn numbers) {
      sink.add(numbers.getLong(row));
    } else if (column instanceof DoubleColumn numbers) {
      sink.add(numbers.getDouble(row));
    } else if (column instanceof NumberColumn<?, ?> numbers) {
      sink.add(numbers.getDouble(row));
    } else if (column instanceof BooleanColumn booleans) {
      sink.add(booleans.get(row));
    } else {
      sink.add(String.valueOf(column.get(row)));
    }
  }
}
