package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message and, if somebody wants them, notes its leaves on the way: each read names its
 * field and says what it means. Leaves come in order and without gaps, since nothing can be read
 * without being noted. Without a sink no text is made at all.
 */
public final class FieldReader {
  private final ByteReader in;
  private final @Nullable List<Leaf> sink;
  private final @Nullable FieldReader parent;
  private final String name;
  private final int index;
  private final String rfc;

  private FieldReader(
      ByteReader in,
      @Nullable List<Leaf> sink,
      @Nullable FieldReader parent,
      String name,
      int index,
      String rfc) {
    this.in = in;
    this.sink = sink;
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.rfc = rfc;
  }

  /** A reader of a whole message. */
  public static FieldReader of(Bytes message, String name, String rfc, @Nullable List<Leaf> sink) {
    return new FieldReader(message.reader(), sink, null, name, -1, rfc);
  }

  public boolean hasRemaining() {
    return in.hasRemaining();
  }

  public int remaining() {
    return in.remaining();
  }

  /** The same cursor, with another section to cite. */
  public FieldReader citing(String section) {
    return sink == null ? this : new FieldReader(in, sink, parent, name, index, section);
  }

  /** The same cursor inside a structure of this name. */
  public FieldReader struct(String inner) {
    return sink == null ? this : new FieldReader(in, sink, this, inner, -1, rfc);
  }

  /** The same cursor inside element {@code i} of the list that this reader is over. */
  public FieldReader element(int i) {
    return sink == null ? this : new FieldReader(in, sink, parent, name, i, rfc);
  }

  public int u8(String field, String meaning) throws Malformed {
    int value = in.u8(field);
    number(1, field, value, meaning);
    return value;
  }

  public int u8(String field, Registry registry, String meaning) throws Malformed {
    int value = in.u8(field);
    number(1, field, value, registry, meaning);
    return value;
  }

  public int u16(String field, String meaning) throws Malformed {
    int value = in.u16(field);
    number(2, field, value, meaning);
    return value;
  }

  public int u16(String field, Registry registry, String meaning) throws Malformed {
    int value = in.u16(field);
    number(2, field, value, registry, meaning);
    return value;
  }

  public int u24(String field, String meaning) throws Malformed {
    int value = in.u24(field);
    number(3, field, value, meaning);
    return value;
  }

  public long u32(String field, String meaning) throws Malformed {
    long value = in.u32(field);
    number(4, field, value, meaning);
    return value;
  }

  /** A number of 1 to 8 octets whose first two bits say how many (RFC 9000 §16). */
  public long varint(String field, String meaning) throws Malformed {
    int first = in.u8(field);
    int width = 1 << (first >> 6);
    long value = first & 0x3f;
    for (int i = 1; i < width; i++) {
      value = value << 8 | in.u8(field);
    }
    number(width, field, value, meaning);
    return value;
  }

  /** What is left, without passing over it. */
  public Bytes peek() {
    return in.peek();
  }

  /** Bytes without an inner structure; no leaf if there are none. */
  public Bytes bytes(int count, String field, String meaning) throws Malformed {
    Bytes bytes = in.bytes(count, field);
    if (sink != null && count > 0) {
      leaf(sink, count, path(field), opaque(bytes), meaning);
    }
    return bytes;
  }

  public Bytes rest(String field, String meaning) throws Malformed {
    return bytes(remaining(), field, meaning);
  }

  /** A vector of bytes with a length of one byte before it. */
  public Bytes opaque8(String field, String meaning) throws Malformed {
    return bytes(length(1, field), field, meaning);
  }

  /** A vector of bytes with a length of two bytes before it. */
  public Bytes opaque16(String field, String meaning) throws Malformed {
    return bytes(length(2, field), field, meaning);
  }

  /** A vector of bytes with a length of three bytes before it. */
  public Bytes opaque24(String field, String meaning) throws Malformed {
    return bytes(length(3, field), field, meaning);
  }

  /** Text of one byte a character, with a length of one byte before it. */
  public String text8(String field, String meaning) throws Malformed {
    return text(opaque8(field, meaning));
  }

  /** Text of one byte a character, with a length of two bytes before it. */
  public String text16(String field, String meaning) throws Malformed {
    return text(opaque16(field, meaning));
  }

  private String text(Bytes bytes) {
    String text = bytes.latin1();
    if (!text.isEmpty()) {
      say(text);
    }
    return text;
  }

  /** Whether somebody wants leaves: only then is text for them worth making. */
  public boolean isNoting() {
    return sink != null;
  }

  /** Gives the last leaf a better value. */
  public void say(String value) {
    if (sink != null && !sink.isEmpty()) {
      Leaf last = sink.get(sink.size() - 1);
      sink.set(
          sink.size() - 1,
          new Leaf(last.path(), last.offset(), last.length(), value, last.meaning(), last.rfc()));
    }
  }

  /** Adds to what the last leaf means. */
  public void explain(String more) {
    if (sink != null && !sink.isEmpty()) {
      Leaf last = sink.get(sink.size() - 1);
      sink.set(
          sink.size() - 1,
          new Leaf(
              last.path(),
              last.offset(),
              last.length(),
              last.value(),
              last.meaning() + "; " + more,
              last.rfc()));
    }
  }

  /** A reader over a vector with a length of one byte before it. */
  public FieldReader vector8(String field) throws Malformed {
    return over(length(1, field), field);
  }

  /** A reader over a vector with a length of two bytes before it. */
  public FieldReader vector16(String field) throws Malformed {
    return over(length(2, field), field);
  }

  /** A reader over a vector with a length of three bytes before it. */
  public FieldReader vector24(String field) throws Malformed {
    return over(length(3, field), field);
  }

  /**
   * A reader over a vector whose only element counts as part of this structure: its length of two
   * bytes has a name, its inside has the path of this reader.
   */
  public FieldReader flat16(String field) throws Malformed {
    int count = length(2, field);
    return new FieldReader(in.reader(count, field), sink, parent, name, index, rfc);
  }

  /** A reader over the body of this structure, with a length of two bytes before it. */
  public FieldReader body16() throws Malformed {
    int count = u16("length", "bytes that follow");
    return new FieldReader(in.reader(count, name), sink, parent, name, index, rfc);
  }

  /** Numbers of {@code width} octets, 1 or 2, to the end of this vector. */
  public Codes codes(int width, Registry registry, String meaning) throws Malformed {
    byte[] bytes = in.peek().toArray();
    int[] all = new int[bytes.length / width];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          width == 1 ? bytes[i] & 0xff : (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    if (sink != null) {
      for (int i = 0; i < all.length; i++) {
        in.bytes(width, name);
        String more = explained(meaning, registry, all[i]);
        leaf(sink, width, element(i).path(""), registry.describe(all[i]), more);
      }
    } else {
      in.bytes(all.length * width, name);
    }
    end();
    return Codes.wrap(all);
  }

  /** Says that the structure is over: anything left is an error. */
  public void end() throws Malformed {
    in.end(name);
  }

  /** Where the next byte stands in the message. */
  public int offset() {
    return in.offset();
  }

  /** Notes what could not be read, from the last leaf up to {@code end}, as one leaf. */
  public void unread(int end, String reason) {
    if (sink != null) {
      Leaf last = sink.isEmpty() ? null : sink.get(sink.size() - 1);
      int from = last == null ? 0 : last.offset() + last.length();
      if (end > from) {
        sink.add(new Leaf(path("malformed"), from, end - from, reason, "cannot be read", rfc));
      }
    }
  }

  private int length(int width, String field) throws Malformed {
    int length =
        switch (width) {
          case 1 -> in.u8(field);
          case 2 -> in.u16(field);
          default -> in.u24(field);
        };
    if (sink != null) {
      leaf(sink, width, path(field) + ".length", Integer.toString(length), "bytes that follow");
    }
    return length;
  }

  private FieldReader over(int count, String field) throws Malformed {
    return new FieldReader(in.reader(count, field), sink, this, field, -1, rfc);
  }

  private void number(int width, String field, long value, String meaning) {
    if (sink != null) {
      leaf(sink, width, path(field), Long.toString(value), meaning);
    }
  }

  private void number(int width, String field, int value, Registry registry, String meaning) {
    if (sink != null) {
      leaf(sink, width, path(field), registry.describe(value), explained(meaning, registry, value));
    }
  }

  private static String explained(String meaning, Registry registry, int value) {
    String explanation = registry.explain(value);
    return explanation.isEmpty()
        ? meaning
        : explanation.startsWith("GREASE") ? explanation : meaning + ": " + explanation;
  }

  private void leaf(List<Leaf> leaves, int width, String path, String value, String meaning) {
    leaves.add(new Leaf(path, in.offset() - width, width, value, meaning, rfc));
  }

  private String path(String field) {
    StringBuilder path = new StringBuilder();
    prepend(path);
    if (!field.isEmpty()) {
      path.append('.').append(field);
    }
    return path.toString();
  }

  private void prepend(StringBuilder path) {
    if (parent != null) {
      parent.prepend(path);
      path.append('.');
    }
    path.append(name);
    if (index >= 0) {
      path.append('[').append(index).append(']');
    }
  }

  private static String opaque(Bytes bytes) {
    return bytes.length() <= 32 ? bytes.hex() : bytes.length() + " bytes";
  }
}
