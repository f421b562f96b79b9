package io.handshakelab.kernel;

import java.util.List;

/** A notebook with one kernel of a kind. */
interface TestNotebook extends AutoCloseable {
  /** One thing shown below a cell. */
  record Output(String text, String html) {}

  /** Runs a cell; what it shows, and the value at its end, is added to the outputs. */
  void run(String cell) throws Exception;

  List<Output> outputs();

  @Override
  void close();
}
