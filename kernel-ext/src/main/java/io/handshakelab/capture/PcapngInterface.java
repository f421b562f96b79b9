package io.handshakelab.capture;

/** One interface of a section: how to read the packets that name it. */
record PcapngInterface(LinkType linkType, long snapLength, TimeResolution time, boolean madeUp) {
  static final PcapngInterface UNKNOWN =
      new PcapngInterface(new LinkType(0xffff), 0, TimeResolution.MICROSECONDS, false);

  private static final int DESCRIPTION = 3;
  private static final int TIME_RESOLUTION = 9;
  private static final int TIME_OFFSET = 14;

  // draft-ietf-opsawg-pcapng §4.2
  // |  LinkType (2)  |  Reserved (2)  |  SnapLen (4)  |  Options  |
  static PcapngInterface parse(Words words, int from, int to) {
    TimeResolution time = TimeResolution.MICROSECONDS;
    boolean madeUp = false;
    long offset = 0;
    PcapngOptions options = new PcapngOptions(words, from + 8, to);
    while (options.next()) {
      switch (options.code()) {
        case DESCRIPTION -> madeUp |= options.text().equals(Marks.INTERFACE_DESCRIPTION);
        case TIME_RESOLUTION -> {
          if (options.length() == 1) {
            time = TimeResolution.ofOption(words.bytes().u8(options.at()), 0);
          }
        }
        case TIME_OFFSET -> {
          if (options.length() == 8) {
            offset = words.i64(options.at());
          }
        }
        default -> {}
      }
    }
    LinkType linkType = new LinkType(words.u16(from));
    return new PcapngInterface(linkType, words.u32(from + 4), time.withOffset(offset), madeUp);
  }
}
