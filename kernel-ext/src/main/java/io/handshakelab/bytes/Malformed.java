package io.handshakelab.bytes;

/**
 * Bytes that do not have the shape that they should have. It is checked, and caught where a message
 * is parsed, so that hostile bytes become a row with offset and reason. It carries no stack.
 */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String reason;

  public Malformed(int offset, String reason) {
    super(reason + " at offset " + offset, null, false, false);
    this.offset = offset;
    this.reason = reason;
  }

  /** Where, in bytes from the start of the outermost {@link Bytes} that was being read. */
  public int offset() {
    return offset;
  }

  /** Why, in words. */
  public String reason() {
    return reason;
  }
}
