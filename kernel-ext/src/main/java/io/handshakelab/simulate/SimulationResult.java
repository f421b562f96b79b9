package io.handshakelab.simulate;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a simulation has left: what was to be seen from where, and what was true. */
public final class SimulationResult {
  private final String name;
  private final SimulationOptions options;
  private final List<TrueTransition> truth;
  private final FrameTape tape;
  private final @Nullable String warning;
  private final List<ResourceSample> resources;
  private final List<String> notes;

  /**
   * @param warning what is wrong with it, or null
   */
  SimulationResult(
      String name,
      SimulationOptions options,
      List<TrueTransition> truth,
      FrameTape tape,
      @Nullable String warning) {
    this(name, options, truth, tape, warning, List.of(), List.of());
  }

  private SimulationResult(
      String name,
      SimulationOptions options,
      List<TrueTransition> truth,
      FrameTape tape,
      @Nullable String warning,
      List<ResourceSample> resources,
      List<String> notes) {
    this.name = name;
    this.options = options;
    this.truth = truth;
    this.tape = tape;
    this.warning = warning;
    this.resources = List.copyOf(resources);
    this.notes = List.copyOf(notes);
  }

  /** The same, with what a port held over time, and how it went for those who took part. */
  SimulationResult with(List<ResourceSample> held, List<String> remarks) {
    return new SimulationResult(name, options, truth, tape, warning, held, remarks);
  }

  public SimulationOptions options() {
    return options;
  }

  /** What would have been captured where the options say, at both ends unless they say. */
  public Capture capture() {
    Vantage vantage = options.vantage();
    return capture(vantage == null ? Vantage.BOTH : vantage);
  }

  /** What would have been captured there. */
  public Capture capture(Vantage vantage) {
    String source =
        Capture.SIMULATED
            + options.seed()
            + ": "
            + name
            + ", "
            + options.handshake().label()
            + " handshake, "
            + options.words();
    Capture.Builder capture = Capture.builder(name).source(source).vantage(vantage);
    tape.writeTo(capture, vantage);
    if (warning != null) {
      capture.warning(warning);
    }
    return capture.build();
  }

  /** Every transition of every end, in the order in which they happened. */
  public List<TrueTransition> truth() {
    return truth;
  }

  /** The frame that holds this packet in the capture of this vantage, if it is there. */
  public OptionalInt frame(Vantage vantage, int packet) {
    int frame = packet == TrueTransition.NO_PACKET ? 0 : tape.frame(vantage, packet);
    return frame == 0 ? OptionalInt.empty() : OptionalInt.of(frame);
  }

  /** What the server's port held from moment to moment, where the scenario is about that. */
  public List<ResourceSample> resources() {
    return resources;
  }

  /** How it went for those who took part, in sentences. */
  public List<String> notes() {
    return notes;
  }
}
