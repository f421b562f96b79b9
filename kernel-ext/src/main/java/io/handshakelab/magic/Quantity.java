package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, shares and rates of a network, as people write them. */
final class Quantity {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)([a-z/%]*)");
  private static final Map<String, Long> NANOS =
      Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);
  private static final Map<String, Long> BITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("bit", 1L),
          Map.entry("bit/s", 1L),
          Map.entry("kbit", 1_000L),
          Map.entry("kbit/s", 1_000L),
          Map.entry("mbit", 1_000_000L),
          Map.entry("mbit/s", 1_000_000L),
          Map.entry("gbit", 1_000_000_000L),
          Map.entry("gbit/s", 1_000_000_000L));
  private static final BigDecimal LONGEST = BigDecimal.valueOf(60_000_000_000L);
  private static final BigDecimal FASTEST = BigDecimal.valueOf(1_000_000_000_000L);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Quantity() {}

  /** {@code 40ms}, {@code 0.5s}, {@code 250us}: at most a minute, in nanoseconds. */
  static long nanos(String option, String text) {
    String advice = "write a number and ns, us, ms or s, at most 60s: " + option + " 40ms";
    Matcher parts = parts(option, text, "time", advice);
    BigDecimal number = new BigDecimal(parts.group(1));
    Long unit = NANOS.get(parts.group(2));
    if (unit == null && number.signum() == 0 && parts.group(2).isEmpty()) {
      return 0;
    }
    if (unit == null) {
      throw wrong(option, text, "time", advice);
    }
    return number(option, text, "time", advice, number, unit, LONGEST);
  }

  /** {@code 0.05} or {@code 5%}. */
  static double share(String option, String text) {
    String advice =
        "write a share from 0 to 1, or percent: " + option + " 0.05 or " + option + " 5%";
    Matcher parts = parts(option, text, "share", advice);
    boolean percent = parts.group(2).equals("%");
    BigDecimal number = new BigDecimal(parts.group(1));
    BigDecimal share = percent ? number.divide(HUNDRED) : number;
    if (!(percent || parts.group(2).isEmpty()) || share.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(option, text, "share", advice);
    }
    return share.doubleValue();
  }

  /** {@code 10mbit}, {@code 56kbit} or bits per second. */
  static long bitsPerSecond(String option, String text) {
    String advice = "write bits per second, or kbit, mbit, gbit: " + option + " 10mbit";
    Matcher parts = parts(option, text, "rate", advice);
    Long unit = BITS.get(parts.group(2));
    if (unit == null) {
      throw wrong(option, text, "rate", advice);
    }
    return number(option, text, "rate", advice, new BigDecimal(parts.group(1)), unit, FASTEST);
  }

  private static long number(
      String option,
      String text,
      String kind,
      String advice,
      BigDecimal number,
      long unit,
      BigDecimal most) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(unit));
    if (all.compareTo(most) > 0) {
      throw wrong(option, text, kind, advice);
    }
    return all.longValue();
  }

  private static Matcher parts(String option, String text, String kind, String advice) {
    Matcher parts = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw wrong(option, text, kind, advice);
    }
    return parts;
  }

  private static Problem wrong(String option, String text, String kind, String advice) {
    return new Problem(option + " " + text + " is no " + kind, advice);
  }
}
