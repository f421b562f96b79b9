package io.handshakelab.table;

import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of fields, sixteen in a line, as hexadecimal and as characters. Long fields are folded in
 * their middle.
 */
final class HexDump {
  private static final int WIDTH = 16;
  private static final int FOLDED_FROM = 10;
  private static final int KEPT = 3;
  private static final int MOST_LINES = 4_096;

  /** A space that stays where it is: tools that make pages of notebooks drop the others. */
  private static final String GAP = "\u00a0";

  /** Bytes of one field within one line. */
  private record Run(FieldBytes field, int from, int to) {
    boolean begins() {
      return from == field.offset();
    }
  }

  private HexDump() {}

  static void write(StringBuilder html, List<FieldBytes> fields) {
    List<List<Run>> lines = lines(fields);
    for (int i = 0; i < lines.size(); i++) {
      int same = same(lines, i);
      if (same >= FOLDED_FROM) {
        all(html, lines.subList(i, i + KEPT));
        fold(html, lines.subList(i + KEPT, i + same - 1));
        i += same - 2;
      } else {
        all(html, lines.subList(i, i + 1));
      }
    }
    int shown = lines.size() * WIDTH;
    int end = fields.get(fields.size() - 1).end();
    if (lines.size() >= MOST_LINES && shown < end) {
      html.append("… ").append(end - shown).append(" more bytes");
    }
  }

  /** How many lines from this one on hold nothing but one field. */
  private static int same(List<List<Run>> lines, int from) {
    int to = from;
    while (to < lines.size()
        && lines.get(to).size() == 1
        && lines.get(to).get(0).field.row() == lines.get(from).get(0).field.row()) {
      to++;
    }
    return to - from;
  }

  private static void fold(StringBuilder html, List<List<Run>> lines) {
    Run first = lines.get(0).get(0);
    Run last = lines.get(lines.size() - 1).get(0);
    html.append("<details><summary style=\"display:block;cursor:pointer;padding-left:3.6em;color:")
        .append(TableHtml.MUTED)
        .append("\">⋮ ")
        .append(last.to - first.from)
        .append(" more bytes of ")
        .append(Escape.html(name(first.field.path())))
        .append("</summary>");
    all(html, lines);
    html.append("</details>");
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static void all(StringBuilder html, List<List<Run>> lines) {
    for (List<Run> line : lines) {
      begin(html, line);
      hexadecimal(html, line);
      characters(html, line);
      html.append("</div>");
    }
  }

  private static void begin(StringBuilder html, List<Run> line) {
    html.append("<div class=\"");
    for (Run run : line) {
      html.append(run.begins() ? "hl-s" + run.field.row() + " " : "");
    }
    html.append("\"><span style=\"color:").append(TableHtml.MUTED).append("\">");
    append(html, lineOf(line) * WIDTH, lineOf(line) > 0xfff ? 6 : 4);
    html.append("</span>").append(GAP).append(GAP);
  }

  private static void hexadecimal(StringBuilder html, List<Run> line) {
    int at = lineOf(line) * WIDTH;
    for (Run run : line) {
      html.append(GAP.repeat(3 * (run.from - at)));
      open(html, run, true);
      for (int i = run.from; i < run.to; i++) {
        append(html, octet(run, i), 2);
        html.append(i + 1 < run.to ? " " : "");
      }
      html.append("</b> ");
      at = run.to;
    }
    html.append(GAP.repeat(3 * ((lineOf(line) + 1) * WIDTH - at) + 1));
  }

  private static void characters(StringBuilder html, List<Run> line) {
    int at = lineOf(line) * WIDTH;
    for (Run run : line) {
      html.append(GAP.repeat(run.from - at));
      open(html, run, false);
      for (int i = run.from; i < run.to; i++) {
        int octet = octet(run, i);
        html.append(octet > 0x20 && octet < 0x7f ? Escape.html("" + (char) octet) : "·");
      }
      html.append("</b>");
      at = run.to;
    }
  }

  private static void open(StringBuilder html, Run run, boolean titled) {
    html.append("<b class=\"hl-f").append(run.field.row()).append(' ').append(run.field.colour());
    html.append(titled && run.begins() ? " hl-b\"" : "\"");
    if (titled) {
      html.append(" title=\"").append(Escape.html(run.field.title())).append('"');
    }
    html.append('>');
  }

  private static List<List<Run>> lines(List<FieldBytes> fields) {
    List<List<Run>> lines = new ArrayList<>();
    int current = -1;
    int last = -1;
    for (FieldBytes field : fields) {
      for (int at = field.offset(); at < field.end(); ) {
        int line = at / WIDTH;
        int to = Math.min(field.end(), (line + 1) * WIDTH);
        // Rows that somebody has sorted anew or that overlap are left to the table.
        if (at >= last && lines.size() < MOST_LINES) {
          if (line != current) {
            lines.add(new ArrayList<>());
            current = line;
          }
          lines.get(lines.size() - 1).add(new Run(field, at, to));
          last = to;
        }
        at = to;
      }
    }
    return lines;
  }

  private static int lineOf(List<Run> line) {
    return line.get(0).from / WIDTH;
  }

  private static int octet(Run run, int at) {
    return run.field.bytes().u8(at - run.field.offset());
  }

  private static void append(StringBuilder html, int number, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      html.append(Character.forDigit(number >> shift & 15, 16));
    }
  }
}
