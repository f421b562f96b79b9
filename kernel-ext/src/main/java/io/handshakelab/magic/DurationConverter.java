package io.handshakelab.magic;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 10}, {@code 10s}, {@code 500ms}, {@code 2m}. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(ms|s|m)?");

  @Override
  public Duration convert(String text) {
    Matcher parts = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches() || parts.group(1).chars().allMatch(c -> c == '0')) {
      throw new TypeConversionException(
          "'" + text + "' is no duration: write seconds, such as 10, or 500ms");
    }
    long number = Long.parseLong(parts.group(1));
    String unit = parts.group(2);
    if (unit == null || unit.equals("s")) {
      return Duration.ofSeconds(number);
    }
    return unit.equals("ms") ? Duration.ofMillis(number) : Duration.ofMinutes(number);
  }
}
