package io.handshakelab.chart;

import io.handshakelab.problem.Problem;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import tech.tablesaw.api.Table;

/** Time to the acknowledgement of each segment, as points over the time of the capture. */
final class RttChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 420;
  private static final String TITLE = "How long each segment waited for its acknowledgement";

  private RttChart() {}

  static Picture picture(Table tcp) {
    Map<String, List<RoundTrips.Sample>> samples = RoundTrips.of(tcp);
    if (samples.isEmpty()) {
      throw new Problem(
          "no acknowledgement in this capture was seen on the wire, so no round trip can be told",
          "capture with --source wire, or open a file that tcpdump made");
    }
    return new Picture(
        TITLE,
        WIDTH,
        HEIGHT,
        text(samples),
        () -> ScenePng.png(WIDTH, HEIGHT, g -> chart(samples).paint(g, WIDTH, HEIGHT)),
        () -> SceneSvg.svg(TITLE, WIDTH, HEIGHT, g -> chart(samples).paint(g, WIDTH, HEIGHT)));
  }

  private static XYChart chart(Map<String, List<RoundTrips.Sample>> samples) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(TITLE)
            .xAxisTitle("ms since the first frame")
            .yAxisTitle("ms until acknowledged")
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarkerSize(9)
        .setLegendPosition(LegendPosition.OutsideS)
        .setChartBackgroundColor(Color.WHITE)
        .setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    chart.getStyler().setYAxisMin(0.0);
    samples.forEach(
        (name, of) ->
            chart.addSeries(
                name,
                of.stream().mapToDouble(RoundTrips.Sample::at).toArray(),
                of.stream().mapToDouble(RoundTrips.Sample::ms).toArray()));
    return chart;
  }

  private static String text(Map<String, List<RoundTrips.Sample>> samples) {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    samples.forEach(
        (name, of) -> {
          double[] ms = of.stream().mapToDouble(RoundTrips.Sample::ms).sorted().toArray();
          text.append(
              String.format(
                  Locale.ROOT,
                  "%s: %d samples, least %.3f ms, median %.3f ms, most %.3f ms%n",
                  name,
                  ms.length,
                  ms[0],
                  ms[ms.length / 2],
                  ms[ms.length - 1]));
        });
    return text.toString();
  }
}
