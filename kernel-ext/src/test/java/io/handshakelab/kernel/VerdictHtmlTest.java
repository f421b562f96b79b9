package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.magic.Verdicts;
import io.handshakelab.x509.PathCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictHtmlTest {
  private static final Verdicts VERDICTS =
      new Verdicts(
          List.of(
              new Verdicts.Chain(
                  List.of(
                      new PathCheck(
                          PathCheck.Kind.VALIDITY, "CN=<b>x</b>", false, "is over", "RFC 5280"),
                      new PathCheck(
                          PathCheck.Kind.HOST_NAME, "a.test", true, "it is a.test", "RFC 9525")),
                  "A browser would refuse.")));

  @Test
  void eachCheckIsARowAndNamesAreEscaped() {
    String html = VerdictHtml.of(VERDICTS);
    assertThat(html.split("<tr", -1)).hasSize(4);
    assertThat(html)
        .contains("<td>!!</td><td style=\"text-align:left\">validity</td>")
        .contains("CN=&lt;b&gt;x&lt;/b&gt;")
        .doesNotContain("<b>");
    assertThat(html.indexOf("is over")).isLessThan(html.indexOf("it is a.test"));
  }

  @Test
  void inAShellEachCheckIsALineAndTheSentenceTheLast() {
    assertThat(VERDICTS.toString().lines())
        .containsExactly(
            "!! validity           CN=<b>x</b>: is over (RFC 5280)",
            "ok host name          a.test: it is a.test (RFC 9525)",
            "A browser would refuse.");
  }
}
