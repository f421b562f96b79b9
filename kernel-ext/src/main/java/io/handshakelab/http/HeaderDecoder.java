package io.handshakelab.http;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;

/**
 * Opens the header blocks of one direction, one after the other (RFC 7541). The work is done by a
 * library; this class knows in addition what a capture may lack. Where earlier blocks were not
 * seen, the newest entries of the table have their right numbers all the same (§2.3.3), so that
 * only a reference to an older one stays unknown, and no name is ever wrong.
 */
final class HeaderDecoder {
  /** Initial size of the dynamic table (RFC 9113 §6.5.2). */
  private static final int INITIAL = 4096;

  /** What a size update may ask for: whatever the other end allowed, memory is bounded. */
  private static final int TABLE_LIMIT = 1 << 20;

  private static final int STATIC_ENTRIES = 61;
  private static final int SHARED_LINES = 1024;

  /** No field has this name, since it is no token (RFC 9110 §5.6.2). */
  private static final String UNKNOWN_NAME = "?\0";

  private final TextBudget budget;
  private final Map<NameAndValue, String> shared = new HashMap<>();
  private HPackDecoder library;
  private boolean complete;

  private record NameAndValue(String name, String value) {}

  /**
   * @param complete whether all blocks of this direction are going to be seen
   */
  HeaderDecoder(TextBudget budget, boolean complete) {
    this.budget = budget;
    this.complete = complete;
    this.library = library(complete);
  }

  /** A block is missing: from now on only what comes later can be known. */
  void missedSomething() {
    complete = false;
    library = library(false);
  }

  /** An entry kept longer than the encoder keeps it does no harm: it is not referred to. */
  private static HPackDecoder library(boolean complete) {
    HPackDecoder fresh =
        new HPackDecoder(complete ? INITIAL : TABLE_LIMIT, StandardCharsets.US_ASCII);
    fresh.setMaxTableSize(TABLE_LIMIT);
    return fresh;
  }

  /** The fields of a whole block; after a failure the table is unknown. */
  HeaderFields decode(Bytes block) throws Malformed {
    HeaderFields fields = new HeaderFields(budget);
    ByteBuffer source = ByteBuffer.wrap(block.toArray());
    while (source.hasRemaining()) {
      int from = source.position();
      try {
        Header header = library.decodeHeader(source);
        if (header == null) {
          break;
        }
        add(fields, header);
      } catch (HPackException | RuntimeException e) {
        // The library throws unchecked exceptions too, such as for an index that is too high.
        try {
          source.clear().position(unknown(fields, block, from, e));
        } catch (Malformed malformed) {
          missedSomething();
          throw malformed;
        }
      }
    }
    return fields;
  }

  private void add(HeaderFields fields, Header header) {
    String name = header.getName();
    String value = header.getValue();
    if (name.equals(UNKNOWN_NAME)) {
      fields.addUnknown(value, 0);
      return;
    }
    if (shared.size() >= SHARED_LINES) {
      shared.clear();
    }
    String line =
        shared.computeIfAbsent(
            new NameAndValue(name, value),
            pair -> HeaderFields.oneLine(pair.name()) + ": " + HeaderFields.oneLine(pair.value()));
    fields.add(name, value, line);
  }

  // RFC 7541 §6:
  //   1 index(7)                  indexed field
  //   01 index(6) [name] value    literal, put into the table
  //   001 size(5)                 new size of the table
  //   000x index(4) [name] value  literal, not put into it
  /** Passes over a field whose index is not known, and says where the next one begins. */
  private int unknown(HeaderFields fields, Bytes block, int from, Exception why) throws Malformed {
    ByteReader reader = block.from(from).reader();
    int first = reader.u8("a field");
    while ((first & 0xe0) == 0x20) {
      if (integer(reader, first, 5) > TABLE_LIMIT) {
        throw new Malformed(from, "the HPACK table would be larger than " + TABLE_LIMIT);
      }
      first = reader.u8("a field");
    }
    boolean indexed = (first & 0x80) != 0;
    boolean kept = !indexed && (first & 0x40) != 0;
    int index = integer(reader, first, indexed ? 7 : kept ? 6 : 4);
    if (index == 0 || index <= STATIC_ENTRIES || complete) {
      throw new Malformed(from, index > STATIC_ENTRIES ? notThere(index) : reason(why));
    }
    fields.addUnknown(indexed ? null : literal(reader, kept, block, from), index);
    return from + reader.offset();
  }

  private static String notThere(int index) {
    return "the HPACK table has no entry " + index;
  }

  private static String reason(Exception why) {
    String text = why.getMessage();
    return "HPACK: " + (text == null ? why.getClass().getSimpleName() : text);
  }

  /** The value, which the library reads and keeps under a name that says that it is unknown. */
  private String literal(ByteReader reader, boolean kept, Bytes block, int from) throws Malformed {
    int start = from + reader.offset();
    reader.bytes(integer(reader, reader.u8("a value"), 7), "a value");
    Bytes value = block.slice(start, from + reader.offset());
    Bytes head = Bytes.of((byte) (kept ? 0x40 : 0), (byte) UNKNOWN_NAME.length());
    Bytes field = Bytes.concat(List.of(head, Bytes.utf8(UNKNOWN_NAME), value));
    try {
      return library.decodeHeader(ByteBuffer.wrap(field.toArray())).getValue();
    } catch (HPackException | RuntimeException e) {
      throw new Malformed(start, reason(e));
    }
  }

  /** RFC 7541 §5.1; a number that is absurdly large is malformed. */
  private static int integer(ByteReader reader, int first, int bits) throws Malformed {
    int mask = (1 << bits) - 1;
    long value = first & mask;
    if (value < mask) {
      return (int) value;
    }
    for (int shift = 0; shift <= 21; shift += 7) {
      int octet = reader.u8("a number of HPACK");
      value += (long) (octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) {
        return (int) value;
      }
    }
    throw new Malformed(reader.offset(), "a number of HPACK is too large");
  }
}
