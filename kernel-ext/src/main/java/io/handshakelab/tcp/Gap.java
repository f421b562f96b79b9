package io.handshakelab.tcp;

/** Why octets of a stream are missing. */
public enum Gap {
  /** The connection had begun before the capture did; how much was sent by then is not known. */
  BEFORE_CAPTURE("sent before the capture began"),
  /** No captured frame holds them: never sent again, or the capturing machine dropped them. */
  LOST("not in the capture"),
  /** The frame that held them was captured only in part. */
  SNAPPED("snapped off by the capture's frame size limit"),
  /** There is more than 2 GiB, or more out of order than can be sorted in reasonable time. */
  LIMIT("beyond what is read of one connection");

  private final String label;

  Gap(String label) {
    this.label = label;
  }

  /** In words, for a row or a warning. */
  public String label() {
    return label;
  }
}
