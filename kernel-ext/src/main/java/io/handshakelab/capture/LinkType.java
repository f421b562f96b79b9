package io.handshakelab.capture;

/** A link-layer type by its number in the tcpdump.org registry; any number is allowed. */
public record LinkType(int number) {
  public static final LinkType NULL = new LinkType(0);
  public static final LinkType ETHERNET = new LinkType(1);
  public static final LinkType RAW = new LinkType(101);
  public static final LinkType LOOP = new LinkType(108);
  public static final LinkType LINUX_SLL = new LinkType(113);
  public static final LinkType IPV4 = new LinkType(228);
  public static final LinkType IPV6 = new LinkType(229);
  public static final LinkType LINUX_SLL2 = new LinkType(276);

  /** Of a block in a capture file that is counted as a frame and holds no packet. */
  public static final LinkType NONE = new LinkType(0xffff);
}
