package io.handshakelab.capture;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A capture that is under way. Closing it without {@link #finish} throws it away. */
public final class WireRecording implements AutoCloseable {
  private static final long START_MILLIS = 10_000;
  private static final long FINISH_MILLIS = 10_000;
  private static final long STOP_MILLIS = 3_000;
  private static final int RESEND_MILLIS = 5;

  private final WireRequest request;
  private final CaptureProgram program;
  private final String device;
  private final Process process;
  private final WireMarker marker;
  private final WirePipe frames;
  private final WirePipe messages;
  private final Thread atExit;
  private @Nullable Capture finished;

  private WireRecording(
      WireRequest request, CaptureProgram program, Path executable, WireMarker marker)
      throws IOException {
    this.request = request;
    this.program = program;
    this.marker = marker;
    // The markers go over the loopback device: elsewhere they are seen only by listening to all.
    this.device = WireSource.isLoopback(request.device()) ? request.device() : "any";
    List<String> command =
        program.command(
            executable.toString(),
            device,
            withMarker(request.filter(), marker.port()),
            request.bufferMebibytes());
    this.process = new ProcessBuilder(command).start();
    this.atExit = new Thread(process::destroy, "handshake-lab-stop-capture");
    this.frames = new WirePipe(process.getInputStream(), "handshake-lab-capture");
    this.messages = new WirePipe(process.getErrorStream(), "handshake-lab-capture-messages");
  }

  static WireRecording start(WireRequest request, CaptureProgram program, Path executable)
      throws IOException {
    WireMarker marker = new WireMarker();
    WireRecording recording;
    try {
      recording = new WireRecording(request, program, executable, marker);
    } catch (IOException e) {
      marker.close();
      throw e;
    }
    boolean listening = false;
    try {
      Runtime.getRuntime().addShutdownHook(recording.atExit);
      recording.awaitStart();
      listening = true;
      return recording;
    } finally {
      if (!listening) {
        recording.close();
      }
    }
  }

  /** In words: {@code wire (dumpcap on lo)}. */
  public String source() {
    return "wire (" + program.label() + " on " + device + ")";
  }

  /**
   * Stops, and gives everything that happened until now. Calling it again gives the same.
   *
   * @throws Problem if the program broke off before it wrote anything
   */
  public synchronized Capture finish() {
    Capture known = finished;
    if (known != null) {
      return known;
    }
    boolean complete = awaitEnd();
    close();
    Capture all = CaptureFiles.parse(frames.content(), request.name(), source());
    Capture.Builder builder = Capture.builder(request.name()).source(source());
    if (WireSource.isLoopback(device)) {
      builder.vantage(Vantage.BOTH);
    }
    for (int n = 1; n <= all.frameCount(); n++) {
      if (!marker.isIn(all.data(n))) {
        builder.frame(
            all.timeNanos(n),
            all.linkType(n),
            all.storage(n),
            all.storageOffset(n),
            all.capturedLength(n),
            all.originalLength(n),
            Evidence.WIRE,
            null);
      }
    }
    warnings(complete).forEach(builder::warning);
    Capture capture = builder.build();
    finished = capture;
    return capture;
  }

  /** Stops the program; nothing happens if it is stopped already. */
  @Override
  public synchronized void close() {
    marker.close();
    boolean interrupted = Thread.interrupted();
    try {
      process.destroy();
      if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      frames.join(STOP_MILLIS);
      messages.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The machine is going down, and the hook does its work.
    }
  }

  private void awaitStart() throws IOException {
    frames.expect(marker.first());
    long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
    try {
      do {
        marker.sendFirst();
        if (frames.await(RESEND_MILLIS)) {
          return;
        }
      } while (!frames.hasEnded() && System.nanoTime() < deadline);
      // What it printed last says why.
      messages.join(frames.hasEnded() ? STOP_MILLIS : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem("interrupted while the capture was starting", "Try again.", e);
    }
    throw new Problem(
        program.label() + " cannot capture on " + device + ": " + complaint(), advice());
  }

  private boolean awaitEnd() {
    frames.expect(marker.last());
    long deadline = System.nanoTime() + FINISH_MILLIS * 1_000_000;
    try {
      while (!frames.hasEnded() && System.nanoTime() < deadline) {
        marker.sendLast();
        if (frames.await(RESEND_MILLIS)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private List<String> warnings(boolean complete) {
    long dropped = program.dropped(printed());
    return Stream.of(
            dropped == 0 ? "" : program.label() + " lost " + dropped + " packets",
            complete ? "" : "the capture broke off: its end is missing",
            frames.isFull() ? "the capture grew too large: its end is missing" : "")
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private String printed() {
    return messages.content().latin1();
  }

  /** The first line by which the program says what is wrong. */
  private String complaint() {
    return printed()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.startsWith("Running as user"))
        .filter(line -> !line.startsWith("Capturing on") && !line.startsWith("File:"))
        .filter(line -> !line.contains("cap_set_proc"))
        .map(line -> line.replaceFirst("^(dumpcap|tcpdump): ", ""))
        .findFirst()
        .orElse("nothing arrives from it");
  }

  private String advice() {
    String printed = printed();
    if (printed.contains("ermission") || printed.contains("not permitted")) {
      return "Use --source relay, or permit it: sudo setcap cap_net_raw,cap_net_admin=eip $(command"
          + " -v "
          + program.label()
          + ")";
    }
    return printed.contains("filter") || printed.contains("syntax")
        ? "Check the filter: man pcap-filter"
        : "Check the device (" + program.label() + " -D lists them), or use --source relay.";
  }

  private static String withMarker(String filter, int port) {
    return filter.isEmpty() ? "" : "(" + filter + ") or udp port " + port;
  }
}
