package io.handshakelab.kernel;

import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/** What we ask of a kernel; there is one of these for each kind. */
interface KernelPort {
  /** Shows something in the cell that runs. */
  void display(Bundle bundle);

  /** The shell that the cells run in, or null where it cannot be reached. */
  @Nullable JShell shell();

  /** Runs Java of the learner and gives its value; what it throws comes out. */
  @Nullable Object evaluate(String code) throws Exception;
}
