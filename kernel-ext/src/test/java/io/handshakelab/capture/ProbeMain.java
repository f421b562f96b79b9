package io.handshakelab.capture;

/** Prints what {@link WireSource#probe} finds, for a test that runs it as another user. */
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] args) {
    Availability availability = WireSource.probe();
    System.out.println(availability.available());
    System.out.println(availability.reason());
    System.out.println(availability.advice());
  }
}
