package io.handshakelab.x509;

import java.util.ArrayList;
import java.util.List;

/** Collects the steps of a walk and numbers them. */
final class StepList {
  private final List<SignatureStep> steps = new ArrayList<>();

  /** A step that decides nothing. */
  void add(String name, String python, String value) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, null));
  }

  /** A step that the validity of the signature rests on. */
  void decide(String name, String python, String value, boolean ok) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, ok));
  }

  List<SignatureStep> steps() {
    return List.copyOf(steps);
  }
}
