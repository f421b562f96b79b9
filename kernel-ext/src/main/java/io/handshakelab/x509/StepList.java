package io.handshakelab.x509;

import java.util.ArrayList;
import java.util.List;

/** Collects the steps of a walk and numbers them. */
final class StepList {
  private final List<SignatureStep> steps = new ArrayList<>();
  private boolean failed;

  /**
   * A step that decides nothing.
   *
   * @param rfc where it is written
   */
  void add(String name, String python, String rfc, String value) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, null, rfc));
  }

  /** A step that the validity of the signature rests on. */
  void decide(String name, String python, String rfc, String value, boolean ok) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, ok, rfc));
    failed |= !ok;
  }

  /** The same, where Python prints True or False. */
  void decide(String name, String python, String rfc, boolean ok) {
    decide(name, python, rfc, ok ? "True" : "False", ok);
  }

  /** Whether a step failed. */
  boolean failed() {
    return failed;
  }

  List<SignatureStep> steps() {
    return List.copyOf(steps);
  }
}
