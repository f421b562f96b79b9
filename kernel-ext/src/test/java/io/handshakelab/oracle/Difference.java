package io.handshakelab.oracle;

/**
 * Something that tshark and we read differently.
 *
 * @param key what kind of difference it is, the same wherever it occurs
 * @param where which frame, message or field of the capture
 * @param theirs as tshark has it
 * @param ours as we have it
 */
record Difference(String key, String where, String theirs, String ours) {
  @Override
  public String toString() {
    return key + " · " + where + "\n  tshark " + theirs + "\n    ours " + ours;
  }
}
