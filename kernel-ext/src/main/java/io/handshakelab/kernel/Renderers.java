package io.handshakelab.kernel;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.chart.Picture;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.magic.CaptureSummary;
import io.handshakelab.magic.Checklist;
import io.handshakelab.magic.FormattedTable;
import io.handshakelab.magic.SvgPicture;
import io.handshakelab.magic.Text;
import io.handshakelab.magic.Verdicts;
import io.handshakelab.table.TableFormat;
import io.handshakelab.table.TableHtml;
import io.handshakelab.text.Escape;
import io.handshakelab.x509.CertificateDetails;
import io.handshakelab.x509.CertificateSet;
import io.handshakelab.x509.SignatureStep;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** How values look in a notebook: the same in every kernel. Nothing comes out but a bundle. */
final class Renderers {
  /** Types whose look we give to the kernel's own renderer. */
  static final List<Class<?>> TYPES =
      List.of(
          Capture.class,
          Table.class,
          FormattedTable.class,
          Picture.class,
          SvgPicture.class,
          SignatureStep.class,
          X509Certificate.class,
          CertificateDetails.class,
          CertificateSet.class,
          Member.class,
          Text.class,
          Checklist.class,
          Verdicts.class);

  private static final int PLAIN_WIDTH = 160;
  private static final int PLAIN_ROWS = 100;

  private Renderers() {}

  static Bundle bundle(@Nullable Object value) {
    try {
      return look(value);
      // An Error in a renderer ends the kernel's shell thread without a word.
    } catch (Throwable thrown) {
      return fallBack(value, thrown);
    }
  }

  private static Bundle look(@Nullable Object value) throws CertificateEncodingException {
    if (value instanceof Table table) {
      return Bundle.html(
          TableHtml.of(table), TableFormat.text(table, PLAIN_WIDTH, PLAIN_ROWS).stripTrailing());
    }
    if (value instanceof Picture picture) {
      return picture(picture, false);
    }
    if (value instanceof SvgPicture picture) {
      return picture(picture.picture(), true);
    }
    if (value instanceof SignatureStep step) {
      return StepHtml.of(step);
    }
    if (value instanceof Capture capture) {
      return properties("Capture", CaptureSummary.of(capture), CaptureSummary.text(capture));
    }
    if (value instanceof X509Certificate certificate) {
      return details(List.of(CertificateDetails.of(Bytes.wrap(certificate.getEncoded()))), true);
    }
    if (value instanceof CertificateDetails certificate) {
      return details(List.of(certificate), true);
    }
    if (value instanceof CertificateSet set) {
      return details(set.certificates(), false);
    }
    if (value instanceof Member member) {
      return details(List.of(CertificateDetails.of(member.der())), true);
    }
    if (value instanceof Verdicts verdicts) {
      return Bundle.html(VerdictHtml.of(verdicts), Escape.visible(verdicts.toString()));
    }
    if (value instanceof Checklist list) {
      return Bundle.html(ChecklistHtml.of(list), Escape.visible(list.toString()));
    }
    if (value instanceof Text || value instanceof FormattedTable) {
      String text = value.toString();
      return Bundle.html(
          "<pre style=\"font-family:var(--jp-code-font-family,monospace),monospace;white-space:pre-wrap;overflow-wrap:anywhere\">"
              + Escape.html(text)
              + "</pre>",
          Escape.visible(text));
    }
    return Bundle.text(Escape.visible(String.valueOf(value)));
  }

  private static Bundle picture(Picture picture, boolean svg) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("image/png", Base64.getEncoder().encodeToString(picture.png()));
    data.put("text/plain", Escape.visible(picture.text()));
    if (svg) {
      data.put("image/svg+xml", picture.svg());
    }
    // The PNG has more pixels than it is to fill.
    Map<String, Object> size = Map.of("width", picture.width(), "height", picture.height());
    return new Bundle(data, Map.of("image/png", size));
  }

  private static Bundle fallBack(@Nullable Object value, Throwable thrown) {
    String type = value == null ? "null" : value.getClass().getName();
    String why = thrown.getClass().getSimpleName();
    return Bundle.text(Escape.line("(" + type + " cannot be shown: " + why + ")"));
  }

  private static Bundle properties(String title, Map<String, String> words, String text) {
    StringBuilder html = new StringBuilder();
    html.append("<table style=\"text-align:left\"><caption style=\"text-align:left\">");
    html.append(Escape.html(title)).append("</caption><tbody>");
    words.forEach(
        (name, value) ->
            html.append("<tr><th style=\"text-align:left\">")
                .append(Escape.html(name))
                .append("</th><td style=\"text-align:left;overflow-wrap:anywhere\">")
                .append(Escape.html(value))
                .append("</td></tr>"));
    html.append("</tbody></table>");
    return Bundle.html(html.toString(), Escape.visible(text));
  }

  private static Bundle details(List<CertificateDetails> certificates, boolean open) {
    String text = new CertificateSet(certificates).toString();
    return Bundle.html(CertificateHtml.of(certificates, open), Escape.visible(text));
  }
}
