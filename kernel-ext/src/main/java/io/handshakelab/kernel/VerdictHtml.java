package io.handshakelab.kernel;

import io.handshakelab.magic.Verdicts;
import io.handshakelab.text.Escape;
import io.handshakelab.x509.PathCheck;

/** The checks of a chain as a table; its last sentence stands below, with the notices. */
final class VerdictHtml {
  private static final String HEAD =
      "<table><thead><tr><th></th><th style=\"text-align:left\">check</th>"
          + "<th style=\"text-align:left\">of</th><th style=\"text-align:left\">what was found</th>"
          + "<th style=\"text-align:left\">source</th></tr></thead><tbody>";

  private VerdictHtml() {}

  static String of(Verdicts verdicts) {
    StringBuilder html = new StringBuilder();
    for (Verdicts.Chain chain : verdicts.chains()) {
      html.append(HEAD);
      for (PathCheck check : chain.checks()) {
        html.append(check.ok() ? "<tr>" : "<tr style=\"font-weight:bold\">");
        html.append("<td>").append(Verdicts.mark(check)).append("</td>");
        cell(html, check.kind().label());
        cell(html, check.subject());
        cell(html, check.reason());
        cell(html, check.rfc());
        html.append("</tr>");
      }
      html.append("</tbody></table>");
    }
    return html.toString();
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td style=\"text-align:left\">").append(Escape.html(text)).append("</td>");
  }
}
