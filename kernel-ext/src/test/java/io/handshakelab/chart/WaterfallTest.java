package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class WaterfallTest {
  @Test
  void barsStandWhereTheirPhasesAre() {
    Scene scene = Waterfall.scene(SampleVisit.timings());
    List<Mark.Box> bars =
        scene.marks().stream()
            .filter(
                m ->
                    m instanceof Mark.Box b
                        && (b.fill() == Ink.BAR_TLS || b.fill() == Ink.BAR_NAME))
            .map(Mark.Box.class::cast)
            .toList();
    double pixelsPerSecond = (960 - 190) / 0.06348;
    assertThat(bars).hasSize(2);
    assertThat(bars.get(0).x()).isEqualTo(190);
    assertThat(bars.get(0).width())
        .isBetween(0.00085 * pixelsPerSecond - 1, 0.00085 * pixelsPerSecond + 1);
    assertThat(bars.get(1).x())
        .isBetween(190 + 0.00695 * pixelsPerSecond, 190 + 0.00697 * pixelsPerSecond);
    assertThat(bars.get(1).width()).isBetween(0.0523 * pixelsPerSecond, 0.0524 * pixelsPerSecond);
  }

  @Test
  void noLabelLiesOverAnotherOrOutside() {
    LadderTest.assertApart(Waterfall.scene(SampleVisit.timings()));
  }

  @Test
  void labelsTellTimeAndRoundTrips() {
    assertThat(Waterfall.scene(SampleVisit.timings()).labels())
        .extracting(Mark.Label::text)
        .contains(
            "tls · conn 1",
            "52.340 ms · 2 round trips",
            "0.850 ms · 1 round trip",
            "0.800 ms · 0.5 round trips",
            "1.580 ms · 1 round trip (inferred)",
            "inferred");
  }

  @Test
  void theAxisHasRoundNumbers() {
    assertThat(Waterfall.niceStep(0.8)).isEqualTo(1);
    assertThat(Waterfall.niceStep(1.1)).isEqualTo(2);
    assertThat(Waterfall.niceStep(21)).isEqualTo(50);
    assertThat(Waterfall.niceStep(600)).isEqualTo(1000);
  }

  @Test
  void theTextTellsTheSame() {
    assertThat(Charts.waterfall(SampleVisit.timings()).text())
        .containsPattern("dns +█ +0\\.850 ms · 1 round trip")
        .containsPattern("close · conn 1 +░ +1\\.580 ms · 1 round trip \\(inferred\\)");
  }

  @Test
  void thePictureHasItsSize() throws Exception {
    Picture picture = Charts.waterfall(SampleVisit.timings());
    var image = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertThat(image.getWidth()).isEqualTo(2 * picture.width());
    assertThat(image.getHeight()).isEqualTo(2 * picture.height());
    SceneTest.parse(picture.svg());
  }

  @Test
  void oddTablesGiveAPictureAllTheSame() {
    Table none = SampleVisit.timings().emptyCopy();
    assertThat(Charts.waterfall(none).text()).contains("no phase");
    assertThat(Charts.waterfall(none).png()).isNotEmpty();
    Table instant = SampleVisit.timings().first(1);
    instant.doubleColumn("end").set(0, 0.0);
    LadderTest.assertApart(Waterfall.scene(instant));
  }
}
