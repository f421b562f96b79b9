package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.chart.Charts;
import io.handshakelab.lab.LabServers;
import io.handshakelab.magic.SvgPicture;
import io.handshakelab.magic.Text;
import io.handshakelab.x509.SignatureStep;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderersTest {
  /** A value whose text cannot be had: an Error here would end a kernel's shell thread. */
  private static final class Hostile {
    @Override
    public String toString() {
      throw new StackOverflowError("no text for you");
    }
  }

  private static String text(Map<String, Object> data, String type) {
    return String.valueOf(data.get(type));
  }

  @Test
  void whatCannotBeShownSaysSoAndThrowsNothing() {
    assertThat(Renderers.bundle(new Hostile()).data())
        .containsOnlyKeys("text/plain")
        .extractingByKey("text/plain")
        .asString()
        .contains("cannot be shown")
        .contains("StackOverflowError");
  }

  @Test
  void aTableHasHtmlAndText() {
    Table table = Table.create("tcp", StringColumn.create("note", "<img src=x>\u202e"));
    Map<String, Object> data = Renderers.bundle(table).data();
    assertThat(text(data, "text/html")).contains("&lt;img src=x&gt;").doesNotContain("<img");
    assertThat(text(data, "text/plain")).contains("note").doesNotContain("\u202e");
  }

  @Test
  void aPictureIsPngAndTextAndSvgOnlyOnRequest() {
    Table timings =
        Table.create(
            "timings",
            IntColumn.create("conn", new int[] {0}),
            StringColumn.create("phase", "tcp"),
            DoubleColumn.create("start", new double[] {0.0}),
            DoubleColumn.create("end", new double[] {0.5}),
            DoubleColumn.create("ms", new double[] {500.0}),
            DoubleColumn.create("round_trips", new double[] {1.0}),
            StringColumn.create("evidence", "wire"));
    var picture = Charts.waterfall(timings);
    Bundle bundle = Renderers.bundle(picture);
    assertThat(bundle.data()).containsOnlyKeys("image/png", "text/plain");
    byte[] png = Base64.getDecoder().decode(text(bundle.data(), "image/png"));
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    assertThat(bundle.metadata()).containsKey("image/png");
    assertThat(Renderers.bundle(new SvgPicture(picture)).data())
        .containsOnlyKeys("image/png", "text/plain", "image/svg+xml");
  }

  @Test
  void aCertificateIsShownByItsFields() {
    try (LabServers lab = LabServers.start()) {
      Map<String, Object> data = Renderers.bundle(lab.authority().root()).data();
      assertThat(text(data, "text/plain"))
          .contains("CN=Handshake Lab Root CA")
          .contains("RSA 2048, e = 65537");
      assertThat(text(data, "text/html")).contains("<table");
    }
  }

  @Test
  void aStepStandsBesideItsLineOfPython() {
    Map<String, Object> data =
        Renderers.bundle(new SignatureStep(5, "power", "pow(signature, e, n)", "1<2", true)).data();
    assertThat(text(data, "text/html"))
        .contains("<code>pow(signature, e, n)</code>")
        .contains("1&lt;2")
        .contains("✓");
    assertThat(text(data, "text/plain")).contains("pow(signature, e, n)").contains("1<2");
  }

  @Test
  void textKeepsItsLines() {
    assertThat(Renderers.bundle(new Text("a\n  b")).data().get("text/plain")).isEqualTo("a\n  b");
  }
}
