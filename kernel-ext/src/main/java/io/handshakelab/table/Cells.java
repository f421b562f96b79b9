package io.handshakelab.table;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Cells as text, the same for every way of showing a table. */
final class Cells {
  private static final Set<String> SECONDS = Set.of("time", "start", "end");
  private static final Set<String> MILLISECONDS = Set.of("ms", "rtt_ms");

  private Cells() {}

  /** The exact value: numbers in plain decimals. Null if it is missing. */
  static @Nullable String exact(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof DoubleColumn numbers) {
      double value = numbers.getDouble(row);
      return Double.isFinite(value) ? plain(value) : null;
    }
    if (column instanceof BooleanColumn booleans) {
      return String.valueOf(booleans.get(row));
    }
    return String.valueOf(column.get(row));
  }

  /** For people: times to the microsecond. Empty if it is missing; not escaped. */
  static String shown(Column<?> column, int row) {
    String exact = exact(column, row);
    if (exact == null) {
      return "";
    }
    return column instanceof DoubleColumn numbers
        ? shown(column.name(), numbers.getDouble(row))
        : exact;
  }

  /** A number of this column, for people. */
  static String shown(String column, double value) {
    if (SECONDS.contains(column)) {
      return String.format(Locale.ROOT, "%.6f", value);
    }
    if (MILLISECONDS.contains(column)) {
      return String.format(Locale.ROOT, "%.3f", value);
    }
    return Double.isFinite(value) ? plain(value) : "";
  }

  static boolean isNumber(Column<?> column) {
    return column instanceof NumberColumn;
  }

  static boolean isBoolean(Column<?> column) {
    return column instanceof BooleanColumn;
  }

  /**
   * A word of the table's own making, or "table" for one that was made elsewhere without a name.
   */
  static String name(Table table) {
    String name = table.name();
    return name == null || name.isEmpty() ? "table" : name;
  }

  /** In plain decimals, with no more of them than are needed. */
  static String plain(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value);
    if (decimal.scale() > 0) {
      decimal = decimal.stripTrailingZeros();
    }
    return decimal.toPlainString();
  }
}
