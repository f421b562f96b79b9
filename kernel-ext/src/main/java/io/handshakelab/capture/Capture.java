package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Captured frames with what is known about them: TLS secrets, socket states read from the operating
 * system, and warnings. It is immutable. Frames lie in columns; {@link Frame} objects are made when
 * asked for.
 */
public final class Capture {
  /** How the source of a capture begins that was simulated; its seed follows. */
  public static final String SIMULATED = "simulated from seed ";

  /** What the source of a simulation says whose connections are opened by two segments only. */
  public static final String TWO_WAY = "two-way handshake";

  private final String name;
  private final String source;
  private final @Nullable Vantage vantage;
  private final FrameColumns columns;
  private final Secrets secrets;
  private final List<SocketReading> readings;
  private final List<String> warnings;

  private Capture(
      String name,
      String source,
      @Nullable Vantage vantage,
      FrameColumns columns,
      Secrets secrets,
      List<SocketReading> readings,
      List<String> warnings) {
    this.name = name;
    this.source = source;
    this.vantage = vantage;
    this.columns = columns;
    this.secrets = secrets;
    this.readings = List.copyOf(readings);
    this.warnings = List.copyOf(warnings);
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** What a person calls it: a host, a scenario, or the name of a file. */
  public String name() {
    return name;
  }

  /** Where it comes from, in words: {@code wire (dumpcap on lo)}, {@code relay}, {@code file …}. */
  public String source() {
    return source;
  }

  /** Whether its packets were on a virtual network only, also if it has been in a file since. */
  public boolean isSimulated() {
    return source.startsWith(SIMULATED) || source.contains("recorded by " + SIMULATED);
  }

  /** Whether it was simulated under a handshake of two segments, which is not that of TCP. */
  public boolean isTwoWay() {
    return isSimulated() && source.contains(", " + TWO_WAY);
  }

  /** Where it was taken, if that was recorded; it can also be told from the addresses. */
  public @Nullable Vantage vantage() {
    return vantage;
  }

  public int frameCount() {
    return columns.count();
  }

  /** The frame of this number, counted from 1. */
  public Frame frame(int number) {
    return new Frame(
        number,
        timeNanos(number),
        linkType(number),
        originalLength(number),
        data(number),
        columns.comment(number),
        evidence(number));
  }

  public List<Frame> frames() {
    return new FrameList();
  }

  /** Nanoseconds since 1970 of frame {@code number}. */
  public long timeNanos(int number) {
    return columns.time(columns.index(number));
  }

  /** Octets that frame {@code number} had on the wire. */
  public int originalLength(int number) {
    return columns.originalLength(columns.index(number));
  }

  /** Captured octets of frame {@code number}. */
  public Bytes data(int number) {
    int i = columns.index(number);
    int offset = columns.offset(i);
    return columns.whole(i).slice(offset, offset + columns.length(i));
  }

  /** Captured octets of frame {@code number}, counted. */
  public int capturedLength(int number) {
    return columns.length(columns.index(number));
  }

  /** The larger run of bytes in memory in which frame {@code number} lies. */
  public Bytes storage(int number) {
    int i = columns.index(number);
    return columns.whole(i).inMemory(columns.offset(i), columns.length(i));
  }

  /** Where frame {@code number} begins in its {@link #storage}. */
  public int storageOffset(int number) {
    int i = columns.index(number);
    return columns.whole(i).offsetInMemory(columns.offset(i), columns.length(i));
  }

  public LinkType linkType(int number) {
    return columns.linkType(columns.index(number));
  }

  public Evidence evidence(int number) {
    return columns.evidence(columns.index(number));
  }

  /** Time of the first frame, from which the tables count; 0 if there is none. */
  public long startNanos() {
    return columns.count() == 0 ? 0 : columns.time(0);
  }

  public Secrets secrets() {
    return secrets;
  }

  public List<SocketReading> readings() {
    return readings;
  }

  /** What could not be read or was lost, each in one line; not escaped for display. */
  public List<String> warnings() {
    return warnings;
  }

  public Capture withSecrets(Secrets more) {
    return new Capture(name, source, vantage, columns, secrets.plus(more), readings, warnings);
  }

  public Capture withReadings(List<SocketReading> more) {
    List<SocketReading> all = new ArrayList<>(readings);
    all.addAll(more);
    return new Capture(name, source, vantage, columns, secrets, all, warnings);
  }

  public Capture withVantage(@Nullable Vantage other) {
    return new Capture(name, source, other, columns, secrets, readings, warnings);
  }

  public Capture withSource(String other) {
    return new Capture(name, other, vantage, columns, secrets, readings, warnings);
  }

  public Capture withName(String other) {
    return new Capture(other, source, vantage, columns, secrets, readings, warnings);
  }

  public Capture withWarning(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Capture(name, source, vantage, columns, secrets, readings, more);
  }

  /** Collects frames; not for several threads at once. */
  public static final class Builder {
    private final String name;
    private String source = "made here";
    private @Nullable Vantage vantage;
    private final FrameColumns columns = new FrameColumns();
    private Secrets secrets = Secrets.NONE;
    private final List<SocketReading> readings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder source(String source) {
      this.source = source;
      return this;
    }

    public Builder vantage(@Nullable Vantage vantage) {
      this.vantage = vantage;
      return this;
    }

    /** Adds a frame that lies alone in its own bytes. */
    public Builder frame(
        long timeNanos,
        LinkType linkType,
        Bytes data,
        int originalLength,
        Evidence evidence,
        @Nullable String comment) {
      columns.add(timeNanos, linkType, data, 0, data.length(), originalLength, evidence, comment);
      return this;
    }

    /** Adds a frame that lies in a larger run of bytes, such as a file, without copying it. */
    public Builder frame(
        long timeNanos,
        LinkType linkType,
        Bytes whole,
        int offset,
        int length,
        int originalLength,
        Evidence evidence,
        @Nullable String comment) {
      columns.add(timeNanos, linkType, whole, offset, length, originalLength, evidence, comment);
      return this;
    }

    public Builder secrets(Secrets more) {
      secrets = secrets.plus(more);
      return this;
    }

    public Builder reading(SocketReading reading) {
      readings.add(reading);
      return this;
    }

    public Builder warning(String warning) {
      warnings.add(warning);
      return this;
    }

    /** Frames so far. */
    public int frameCount() {
      return columns.count();
    }

    /** The capture as it stands; the builder must not be used any more. */
    public Capture build() {
      return new Capture(name, source, vantage, columns, secrets, readings, warnings);
    }
  }

  private final class FrameList extends AbstractList<Frame> implements RandomAccess {
    @Override
    public Frame get(int index) {
      return frame(index + 1);
    }

    @Override
    public int size() {
      return columns.count();
    }
  }
}
