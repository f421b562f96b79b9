package io.handshakelab.table;

import io.handshakelab.text.Escape;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for a terminal. The rows are told twice: first to see how wide the columns must
 * be, then to write them.
 */
final class TableText extends RowSink {
  private static final int GAP = 2;
  private static final int NARROWEST = 24;

  private final TableShape shape;
  private final int[] widths;
  private final StringBuilder line = new StringBuilder();

  /** Null while the widths are measured. */
  private @Nullable ByteOutput out;

  private int next;

  private TableText(TableShape shape) {
    this.shape = shape;
    widths = new int[shape.size()];
  }

  static void write(Listing listing, ByteOutput out, int width) {
    TableText sink = new TableText(listing.shape());
    sink.header();
    listing.tellTo(sink);
    sink.fit(width);
    sink.out = out;
    sink.header();
    listing.tellTo(sink);
  }

  private void header() {
    for (int i = 0; i < widths.length; i++) {
      cell(shape.column(i));
    }
  }

  @Override
  void begin() {}

  @Override
  TableText add(int value) {
    return add((long) value);
  }

  @Override
  TableText add(long value) {
    return cell(Long.toString(value));
  }

  @Override
  TableText add(double value) {
    return cell(Cells.shown(shape.column(next), value));
  }

  @Override
  TableText add(boolean value) {
    return cell(String.valueOf(value));
  }

  @Override
  TableText add(@Nullable String value) {
    return cell(value == null ? "" : value);
  }

  @Override
  TableText missing() {
    return cell("");
  }

  @Override
  TableText seconds(long nanos) {
    return add(nanos / 1e9);
  }

  private TableText cell(String value) {
    String text = Escape.line(value);
    int column = next;
    next = next + 1 == widths.length ? 0 : next + 1;
    if (out == null) {
      widths[column] = Math.max(widths[column], length(text));
      return this;
    }
    String shown = shortened(text, widths[column]);
    String padding = " ".repeat(widths[column] - length(shown));
    line.append(column == 0 ? "" : " ".repeat(GAP));
    if (shape.kind(column).isNumber()) {
      line.append(padding).append(shown);
    } else {
      line.append(shown).append(padding);
    }
    if (next == 0) {
      out.text(line.toString().stripTrailing());
      out.ascii('\n');
      line.setLength(0);
    }
    return this;
  }

  /** Says how many rows are not shown. */
  static void rest(int left, ByteOutput out) {
    if (left > 0) {
      out.text("… " + left + (left == 1 ? " more row\n" : " more rows\n"));
    }
  }

  /** Takes from the widest text column until the line fits or all of them are narrow. */
  private void fit(int width) {
    int total = GAP * (widths.length - 1);
    for (int w : widths) {
      total += w;
    }
    while (total > width) {
      int widest = -1;
      for (int c = 0; c < widths.length; c++) {
        int least = Math.max(NARROWEST, length(shape.column(c)));
        boolean canShrink = !shape.kind(c).isNumber() && widths[c] > least;
        if (canShrink && (widest < 0 || widths[c] > widths[widest])) {
          widest = c;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  /** Words lose their end; numbers and hexadecimal without spaces lose their middle. */
  static String shortened(String text, int width) {
    int length = length(text);
    if (length <= width) {
      return text;
    }
    int kept = Math.max(0, width - 1);
    int head = text.indexOf(' ') >= 0 ? kept : (kept + 1) / 2;
    return text.substring(0, text.offsetByCodePoints(0, head))
        + "…"
        + text.substring(text.offsetByCodePoints(0, length - (kept - head)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
