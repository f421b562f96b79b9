package io.handshakelab.kernel;

import io.handshakelab.table.Tables;
import java.lang.System.Logger.Level;

/** What is done in the background once the magics are there, so that the first cell is quick. */
final class Preparation {
  private static final System.Logger LOG = System.getLogger("io.handshakelab");

  private Preparation() {}

  /** What a learner would otherwise have to import to name the values of magics. */
  static final String IMPORTS =
      "import io.handshakelab.*; import io.handshakelab.capture.Capture; import tech.tablesaw.api.*;";

  static void begin(Boundary boundary, KernelPort port) {
    boundary.session().share();
    try {
      port.evaluate(IMPORTS);
    } catch (Exception e) {
      log("the imports failed", e);
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> boundary.session().close(), "handshake-lab-close"));
    Thread thread = new Thread(Preparation::warmUp, "handshake-lab-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  static void log(String what, Throwable thrown) {
    LOG.log(Level.WARNING, what, thrown);
  }

  private static void warmUp() {
    try {
      Tables.warmUp();
      // It only saves time: a cell that needs what failed here will say so.
    } catch (Throwable thrown) {
      LOG.log(Level.DEBUG, "warming up", thrown);
    }
  }
}
