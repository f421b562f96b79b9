package io.handshakelab.kernel;

import io.handshakelab.magic.Checklist;
import io.handshakelab.text.Escape;

/** A checklist as a table with a sign, what was found, and the advice below it. */
final class ChecklistHtml {
  private ChecklistHtml() {}

  static String of(Checklist list) {
    StringBuilder html = new StringBuilder("<table style=\"text-align:left\"><tbody>");
    for (Checklist.Item item : list.items()) {
      String sign =
          switch (item.grade()) {
            case GOOD -> "✓";
            case LESSER -> "–";
            case BAD -> "✗";
          };
      html.append("<tr><td>").append(sign).append("</td><th style=\"text-align:left\">");
      html.append(Escape.html(item.subject())).append("</th><td style=\"text-align:left\">");
      html.append(Escape.html(item.found()));
      if (!item.advice().isEmpty()) {
        html.append("<br>→ ").append(Escape.html(item.advice()));
      }
      html.append("</td></tr>");
    }
    return html.append("</tbody></table>").toString();
  }
}
