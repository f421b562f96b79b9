package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.x509.CertificateDetails;
import io.handshakelab.x509.CertificateSet;
import io.handshakelab.x509.ExtensionWords;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateHtmlTest {
  private static final String EVIL = "<img src=x onerror=alert(1)>\u202e\u001b[31m$x$";

  private static String html(Object value) {
    return String.valueOf(Renderers.bundle(value).data().get("text/html"));
  }

  @Test
  void nothingFromACertificateIsUnescaped() {
    ExtensionWords extension = new ExtensionWords(EVIL, EVIL, true, EVIL, List.of(EVIL), EVIL);
    CertificateDetails details =
        new CertificateDetails(
            EVIL, EVIL, List.of(new CertificateDetails.Field(EVIL, EVIL)), List.of(extension));
    for (Object value : List.of(details, new CertificateSet(List.of(details, details)))) {
      assertThat(html(value))
          .contains("&lt;img src=x onerror=alert(1)&gt;‹U+202E›‹U+001B›[31m&#36;x&#36;")
          .doesNotContain("<img")
          .doesNotContain("\u202e")
          .doesNotContain("\u001b");
      assertThat(String.valueOf(Renderers.bundle(value).data().get("text/plain")))
          .doesNotContain("\u202e")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void aCertificateOpensAndItsExtensionsToo() {
    Member member = CertificateAuthority.demo(Clock.systemUTC()).members().get(2);
    String html = html(member);
    assertThat(html).contains("<details open><summary").contains("www.demo.test");
    assertThat(html.split("<details", -1)).hasSize(1 + 1 + 6);
    assertThat(html.split("</details>", -1)).hasSize(1 + 1 + 6);
    assertThat(html).contains("<code>keyUsage</code> · critical").contains("RFC 5280 §4.2.1.3");
    assertThat(html(member.certificate())).isEqualTo(html);
    assertThat(html).doesNotContain("PRIVATE");
    assertThat(html(new CertificateSet(List.of(CertificateDetails.of(member.der())))))
        .contains("<details><summary")
        .contains("<strong>www.demo.test</strong> · End user · 6 extensions");
  }
}
