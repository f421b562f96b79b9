package io.handshakelab.capture;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Captures live packets by means of {@code dumpcap} or {@code tcpdump}. */
public final class WireSource {
  private static final String ADVICE =
      "Use --source relay, which needs no permission; or run as root; or permit it for everybody:"
          + " sudo setcap cap_net_raw,cap_net_admin=eip $(command -v dumpcap)";

  private static @Nullable Availability known;

  private WireSource() {}

  /** Whether packets can be captured here: really tried, once. */
  public static synchronized Availability probe() {
    Availability found = known;
    if (found == null) {
      found = tryPrograms();
      known = found;
    }
    return found;
  }

  /**
   * Starts to capture; returns when the capture is under way, so that nothing that happens
   * afterwards is lost.
   *
   * @throws Problem if it is not permitted, or the device or the filter is wrong
   */
  public static WireRecording start(WireRequest request) {
    Availability availability = probe();
    for (CaptureProgram program : CaptureProgram.values()) {
      if (program.label().equals(availability.program())) {
        return start(request, program);
      }
    }
    throw new Problem(availability.reason(), availability.advice());
  }

  static WireRecording start(WireRequest request, CaptureProgram program) {
    Path executable =
        program
            .find()
            .orElseThrow(
                () ->
                    new Problem(
                        program.label() + " is not installed",
                        "Install it: apt-get install wireshark-common (dumpcap) or tcpdump"));
    try {
      return WireRecording.start(request, program, executable);
    } catch (IOException e) {
      throw new Problem("cannot start " + executable + ": " + e.getMessage(), ADVICE, e);
    }
  }

  /** The name of the loopback device, such as {@code lo}. */
  public static String loopbackDevice() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(WireSource::isLoopback)
          .map(NetworkInterface::getName)
          .findFirst()
          .orElse("lo");
    } catch (SocketException e) {
      return "lo";
    }
  }

  /** Whether the device of this name is a loopback device. */
  static boolean isLoopback(String device) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(device))
          .map(WireSource::isLoopback)
          .orElse(false);
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isLoopback(NetworkInterface device) {
    try {
      return device.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }

  private static Availability tryPrograms() {
    List<String> reasons = new ArrayList<>();
    boolean installed = false;
    for (CaptureProgram program : CaptureProgram.values()) {
      if (program.find().isEmpty()) {
        reasons.add(program.label() + " is not installed");
        continue;
      }
      installed = true;
      try (WireRecording recording =
          start(
              WireRequest.on(loopbackDevice()).filter("udp port 9").bufferMebibytes(2), program)) {
        return new Availability(true, program.label(), recording.source() + " works", "");
      } catch (Problem e) {
        reasons.add(e.whatHappened());
      }
    }
    String advice =
        installed
            ? ADVICE
            : "Use --source relay, which needs none of them; or install one:"
                + " apt-get install tcpdump, or wireshark-common (dumpcap)";
    return new Availability(
        false, null, "packets cannot be captured here: " + String.join("; ", reasons), advice);
  }
}
