package io.handshakelab.kernel;

import io.handshakelab.text.Escape;
import io.handshakelab.x509.CertificateDetails;
import io.handshakelab.x509.ExtensionWords;
import java.util.List;

/** Certificates that open at a click, and in them their extensions. Works without scripts. */
final class CertificateHtml {
  private static final String LEFT = " style=\"text-align:left;vertical-align:top\"";
  private static final String VALUE =
      " style=\"text-align:left;overflow-wrap:anywhere;max-width:60em\"";

  private CertificateHtml() {}

  /**
   * @param open whether they are to be open from the beginning
   */
  static String of(List<CertificateDetails> certificates, boolean open) {
    StringBuilder html = new StringBuilder("<div>");
    for (CertificateDetails certificate : certificates) {
      append(html, certificate, open);
    }
    return html.append("</div>").toString();
  }

  private static void append(StringBuilder html, CertificateDetails certificate, boolean open) {
    html.append(open ? "<details open>" : "<details>");
    html.append("<summary style=\"cursor:pointer\"><strong>");
    html.append(Escape.html(certificate.name())).append("</strong> · ");
    html.append(Escape.html(certificate.category())).append(" · ");
    html.append(count(certificate.extensions().size())).append("</summary>");
    html.append("<div style=\"margin:4px 0 8px 18px\"><table><tbody>");
    for (CertificateDetails.Field field : certificate.fields()) {
      html.append("<tr><th").append(LEFT).append('>').append(Escape.html(field.name()));
      html.append("</th><td").append(VALUE).append('>').append(Escape.html(field.value()));
      html.append("</td></tr>");
    }
    html.append("</tbody></table>");
    certificate.extensions().forEach(extension -> append(html, extension));
    html.append("</div></details>");
  }

  private static void append(StringBuilder html, ExtensionWords extension) {
    html.append("<details open><summary style=\"cursor:pointer\"><code>");
    html.append(Escape.html(extension.name())).append("</code>");
    if (extension.critical()) {
      html.append(" · critical");
    }
    html.append("<small>");
    if (!extension.name().equals(extension.oid())) {
      html.append(" · ").append(Escape.html(extension.oid()));
    }
    if (!extension.rfc().isEmpty()) {
      html.append(" · ").append(Escape.html(extension.rfc()));
    }
    html.append("</small></summary><div style=\"margin-left:18px\">");
    if (!extension.purpose().isEmpty()) {
      html.append("<em>").append(Escape.html(extension.purpose())).append("</em>");
    }
    html.append("<ul style=\"margin:2px 0 6px 0\">");
    for (String line : extension.lines()) {
      html.append("<li style=\"overflow-wrap:anywhere\">")
          .append(Escape.html(line))
          .append("</li>");
    }
    html.append("</ul></div></details>");
  }

  private static String count(int extensions) {
    return extensions == 1 ? "1 extension" : extensions + " extensions";
  }
}
