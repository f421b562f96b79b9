package io.handshakelab.lab;

import io.handshakelab.capture.Availability;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.WireSource;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records what any Java code does between {@link #start} and {@link #finish}, such as the code of a
 * notebook's cell. The wire sees all TCP and DNS of this machine but for the connections that were
 * open before. The relay is made the proxy of this process for that time, which Socket,
 * HttpURLConnection and HttpClient follow.
 */
public final class CellRecording implements AutoCloseable {
  /** What is done while it runs and in the end. */
  interface Method extends AutoCloseable {
    Capture finish();

    @Override
    void close();
  }

  private final Method method;

  private CellRecording(Method method) {
    this.method = method;
  }

  /**
   * Begins to record.
   *
   * @param name of the capture
   * @param source {@code wire}, {@code relay}, or {@code auto} for the best one
   * @param servers the lab, whose traffic is wanted though its ports were open before
   * @throws Problem if the source cannot be had
   */
  public static CellRecording start(String name, String source, @Nullable LabServers servers) {
    try {
      return switch (Recorders.known(source)) {
        case "wire" -> new CellRecording(new CellOnWire(name, servers));
        case "relay" -> new CellRecording(new CellByRelay(name, "relay", servers, new Random()));
        default -> best(name, servers);
      };
    } catch (IOException e) {
      throw new Problem(
          "the recording relay cannot be started: " + e.getMessage(),
          "it needs a free port on the loopback interface: run doctor",
          e);
    }
  }

  private static CellRecording best(String name, @Nullable LabServers servers) throws IOException {
    Availability availability = WireSource.probe();
    String reason = availability.reason();
    if (availability.available()) {
      try {
        return new CellRecording(new CellOnWire(name, servers));
      } catch (Problem e) {
        reason = e.whatHappened();
      }
    }
    String source = Recorders.relayBecause(reason);
    return new CellRecording(new CellByRelay(name, source, servers, new Random()));
  }

  /** Ends the recording and puts everything back as it was. */
  public Capture finish() {
    try (method) {
      return Ciphered.warn(method.finish());
    }
  }

  /** Ends the recording, if {@link #finish} has not, and throws it away. */
  @Override
  public void close() {
    method.close();
  }
}
