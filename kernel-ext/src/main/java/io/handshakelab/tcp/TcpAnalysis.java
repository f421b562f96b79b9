package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import java.util.List;

/** The TCP connections of one capture. A stub. */
public final class TcpAnalysis {
  private final Capture capture;

  private TcpAnalysis(Capture capture) {
    this.capture = capture;
  }

  public static TcpAnalysis of(Capture capture) {
    return new TcpAnalysis(capture);
  }

  public Capture capture() {
    return capture;
  }

  public List<Connection> connections() {
    throw new UnsupportedOperationException("to be written");
  }

  public Segments segments() {
    throw new UnsupportedOperationException("to be written");
  }

  /** By connection and time, those read from the operating system among them. */
  public List<Transition> transitions() {
    throw new UnsupportedOperationException("to be written");
  }

  public List<String> warnings() {
    throw new UnsupportedOperationException("to be written");
  }
}
