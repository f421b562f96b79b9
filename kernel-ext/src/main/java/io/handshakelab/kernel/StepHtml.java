package io.handshakelab.kernel;

import io.handshakelab.text.Escape;
import io.handshakelab.x509.SignatureStep;

/**
 * One step of a signature checked by hand: the line of Python that it mirrors, and what comes out.
 */
final class StepHtml {
  private StepHtml() {}

  static Bundle of(SignatureStep step) {
    String sign = step.ok() == null ? "" : step.ok() ? " ✓" : " ✗";
    String html =
        "<div><strong>"
            + Escape.html(step.number() + ". " + step.name() + sign)
            + "</strong> "
            + (step.python().indexOf('\n') < 0
                ? "<code>"
                : "<code style=\"display:block;white-space:pre-wrap\">")
            + Escape.html(step.python())
            + "</code>"
            + (step.rfc().isEmpty() ? "" : " <em>" + Escape.html(step.rfc()) + "</em>")
            + "</div><pre"
            + " style=\"font-family:var(--jp-code-font-family,monospace),monospace;white-space:pre-wrap;overflow-wrap:anywhere\">"
            + Escape.html(step.value())
            + "</pre>";
    String text =
        step.number()
            + ". "
            + step.name()
            + sign
            + "\n   "
            + step.annotated()
            + "\n"
            + step.value();
    return Bundle.html(html, Escape.visible(text));
  }
}
