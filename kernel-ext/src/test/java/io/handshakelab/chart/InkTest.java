package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Colours as people see them who lack one kind of cone. */
class InkTest {
  /**
   * For linear RGB; Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for
   * Simulation of Color Vision Deficiency", severity 1.0.
   */
  enum Eyes {
    ALL_CONES,
    NO_RED,
    NO_GREEN,
    NO_BLUE;

    private double[] matrix() {
      return switch (this) {
        case ALL_CONES -> new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        case NO_RED ->
            new double[] {
              0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
              1.051998
            };
        case NO_GREEN ->
            new double[] {
              0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
              0.968881
            };
        case NO_BLUE ->
            new double[] {
              1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
              0.303900
            };
      };
    }

    /** L*, a*, b* of CIE 1976 for D65. */
    double[] see(Color color) {
      double[] in = {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
      double[] matrix = matrix();
      double[] rgb = new double[3];
      for (int i = 0; i < 9; i++) {
        rgb[i / 3] += matrix[i] * in[i % 3];
      }
      for (int i = 0; i < 3; i++) {
        rgb[i] = Math.max(0, Math.min(1, rgb[i]));
      }
      double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
      double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
      double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
      return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int value) {
      double v = value / 255.0;
      return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
      return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theColoursOfStatesDifferForEverybody(Eyes eyes) {
    List<Ink> states =
        List.of(
            Ink.STATE_NONE,
            Ink.STATE_OPENING,
            Ink.STATE_OPEN,
            Ink.STATE_CLOSING,
            Ink.STATE_WAITING,
            Ink.PAPER);
    for (Ink a : states) {
      for (Ink b : states) {
        if (a != b && !(a == Ink.PAPER && b == Ink.STATE_NONE) && !(b == Ink.PAPER)) {
          assertThat(distance(eyes, a, b)).as("%s and %s for %s", a, b, eyes).isGreaterThan(12);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lettersAreLegibleOnEveryState(Eyes eyes) {
    for (Ink ink : Ink.values()) {
      if (ink.name().startsWith("STATE_")) {
        double light = eyes.see(ink.color())[0] - eyes.see(Ink.TEXT.color())[0];
        assertThat(light).as("%s for %s", ink, eyes).isGreaterThan(55);
      }
    }
  }

  private static double distance(Eyes eyes, Ink a, Ink b) {
    double[] one = eyes.see(a.color());
    double[] other = eyes.see(b.color());
    return Math.sqrt(
        Math.pow(one[0] - other[0], 2)
            + Math.pow(one[1] - other[1], 2)
            + Math.pow(one[2] - other[2], 2));
  }
}
