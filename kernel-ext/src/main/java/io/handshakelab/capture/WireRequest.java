package io.handshakelab.capture;

/**
 * What to capture.
 *
 * @param name of the capture
 * @param device such as {@code lo}; {@code any} for all
 * @param filter in the language of pcap-filter(7); empty for everything
 * @param bufferMebibytes how much the system keeps until it is read
 */
public record WireRequest(String name, String device, String filter, int bufferMebibytes) {
  /** Everything that goes over this device. */
  public static WireRequest on(String device) {
    return new WireRequest(device, device, "", 32);
  }

  public WireRequest filter(String expression) {
    return new WireRequest(name, device, expression.strip(), bufferMebibytes);
  }

  public WireRequest named(String other) {
    return new WireRequest(other, device, filter, bufferMebibytes);
  }

  public WireRequest bufferMebibytes(int size) {
    return new WireRequest(name, device, filter, size);
  }
}
