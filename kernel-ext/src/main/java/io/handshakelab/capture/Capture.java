package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Captured frames with what is known about them: TLS secrets, socket states read from the operating
 * system, and warnings. It is immutable. Frames lie in columns; {@link Frame} objects are made when
 * asked for.
 */
public final class Capture {
  private final String name;
  private final String source;
  private final @Nullable Vantage vantage;
  private final Columns columns;
  private final Secrets secrets;
  private final List<SocketReading> readings;
  private final List<String> warnings;

  private Capture(
      String name,
      String source,
      @Nullable Vantage vantage,
      Columns columns,
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

  /** Where it was taken, if that was recorded; it can also be told from the addresses. */
  public @Nullable Vantage vantage() {
    return vantage;
  }

  public int frameCount() {
    return columns.count;
  }

  /** The frame of this number, counted from 1. */
  public Frame frame(int number) {
    int i = columns.index(number);
    return new Frame(
        number,
        columns.times[i],
        columns.linkTypes.get(columns.linkType[i]),
        columns.originalLengths[i],
        columns.data(i),
        columns.comments.get(number),
        columns.evidence(i));
  }

  public List<Frame> frames() {
    return new FrameList();
  }

  /** Nanoseconds since 1970 of frame {@code number}. */
  public long timeNanos(int number) {
    return columns.times[columns.index(number)];
  }

  /** Octets that frame {@code number} had on the wire. */
  public int originalLength(int number) {
    return columns.originalLengths[columns.index(number)];
  }

  /** Captured octets of frame {@code number}. */
  public Bytes data(int number) {
    return columns.data(columns.index(number));
  }

  /** Captured octets of frame {@code number}, counted. */
  public int capturedLength(int number) {
    return columns.lengths[columns.index(number)];
  }

  /** The larger run of bytes in which frame {@code number} lies: no object is made. */
  public Bytes storage(int number) {
    return columns.wholes.get(columns.whole[columns.index(number)]);
  }

  /** Where frame {@code number} begins in its {@link #storage}. */
  public int storageOffset(int number) {
    return columns.offsets[columns.index(number)];
  }

  public LinkType linkType(int number) {
    return columns.linkTypes.get(columns.linkType[columns.index(number)]);
  }

  public Evidence evidence(int number) {
    return columns.evidence(columns.index(number));
  }

  /** Time of the first frame, from which the tables count; 0 if there is none. */
  public long startNanos() {
    return columns.count == 0 ? 0 : columns.times[0];
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
    private final Columns columns = new Columns();
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
      return columns.count;
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
      return columns.count;
    }
  }

  /** Structure of arrays: a frame is one index in each. */
  private static final class Columns {
    private int count;
    private long[] times = new long[64];
    private int[] offsets = new int[64];
    private int[] lengths = new int[64];
    private int[] originalLengths = new int[64];
    private char[] linkType = new char[64];
    private byte[] evidence = new byte[64];
    private int[] whole = new int[64];
    private final List<LinkType> linkTypes = new ArrayList<>();
    private final Map<LinkType, Integer> linkTypeNumbers = new HashMap<>();
    private final List<Bytes> wholes = new ArrayList<>();
    private final Map<Integer, String> comments = new HashMap<>();

    // Identity is meant: comparing contents would compare whole files.
    @SuppressWarnings("ReferenceEquality")
    private void add(
        long time,
        LinkType type,
        Bytes bytes,
        int offset,
        int length,
        int originalLength,
        Evidence how,
        @Nullable String comment) {
      if (count == times.length) {
        grow();
      }
      times[count] = time;
      offsets[count] = offset;
      lengths[count] = length;
      originalLengths[count] = originalLength;
      linkType[count] = indexOf(type);
      evidence[count] = (byte) how.ordinal();
      if (wholes.isEmpty() || wholes.get(wholes.size() - 1) != bytes) {
        wholes.add(bytes);
      }
      whole[count] = wholes.size() - 1;
      count++;
      if (comment != null) {
        comments.put(count, comment);
      }
    }

    private char indexOf(LinkType type) {
      if (count > 0 && type.equals(linkTypes.get(linkType[count - 1]))) {
        return linkType[count - 1];
      }
      Integer known = linkTypeNumbers.get(type);
      if (known == null) {
        if (linkTypes.size() > Character.MAX_VALUE) {
          throw new IllegalArgumentException("more than 65,536 link types in one capture");
        }
        known = linkTypes.size();
        linkTypes.add(type);
        linkTypeNumbers.put(type, known);
      }
      return (char) known.intValue();
    }

    private void grow() {
      int size = count * 2;
      times = Arrays.copyOf(times, size);
      offsets = Arrays.copyOf(offsets, size);
      lengths = Arrays.copyOf(lengths, size);
      originalLengths = Arrays.copyOf(originalLengths, size);
      linkType = Arrays.copyOf(linkType, size);
      evidence = Arrays.copyOf(evidence, size);
      whole = Arrays.copyOf(whole, size);
    }

    private int index(int number) {
      if (number < 1 || number > count) {
        throw new IndexOutOfBoundsException("frame " + number + " of " + count);
      }
      return number - 1;
    }

    private Bytes data(int i) {
      return wholes.get(whole[i]).slice(offsets[i], offsets[i] + lengths[i]);
    }

    private Evidence evidence(int i) {
      return Evidence.values()[evidence[i]];
    }
  }
}
