package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.StreamView;

/**
 * Finds the next record where it is not known at which octet one begins. A header has no mark by
 * which it is known, so several must follow each other, each where the one before says.
 */
final class RecordChain {
  /** Within so many octets a record must begin, whatever was before. */
  private static final int WINDOW = RecordHeader.LENGTH + RecordHeader.MAX_FRAGMENT;

  /** So many headers at the places where they have to be are no chance. */
  private static final int ENOUGH = 8;

  private RecordChain() {}

  /**
   * Where the next record begins, or -1 if none is found.
   *
   * @param from where to begin to look
   * @param version that the records have, or 0 if it is not known
   */
  static int find(StreamView view, int from, int version) {
    int stop = Math.min(view.length(), from + WINDOW);
    Bytes window = view.slice(from, Math.min(view.length(), stop + RecordHeader.LENGTH));
    for (int at = from; at < stop; at++) {
      int here = at - from;
      if (window.length() - here >= RecordHeader.LENGTH
          && RecordHeader.isPlausible(window, here)
          && RecordHeader.fragmentLength(window, here) > 0
          && (version == 0 || RecordHeader.version(window, here) == version)
          && isChain(view, at, RecordHeader.version(window, here), version != 0)) {
        return at;
      }
    }
    return -1;
  }

  /** Whether the records from here follow each other up to the end of what is there. */
  private static boolean isChain(StreamView view, int from, int version, boolean versionKnown) {
    // One record may fit by chance, but hardly if it must also have the right version.
    int least = versionKnown ? 1 : 2;
    int at = from;
    for (int whole = 0; whole < ENOUGH; whole++) {
      int left = view.length() - at;
      if (left == 0) {
        return whole >= least;
      }
      Bytes header = view.slice(at, at + Math.min(left, RecordHeader.LENGTH));
      if (!RecordHeader.isPlausible(header, 0) || (left > 2 && header.u16(1) != version)) {
        return false;
      }
      if (left < RecordHeader.LENGTH) {
        return whole > least;
      }
      int length = RecordHeader.LENGTH + RecordHeader.fragmentLength(header, 0);
      if (length > left) {
        return whole >= least;
      }
      at += length;
    }
    return true;
  }
}
