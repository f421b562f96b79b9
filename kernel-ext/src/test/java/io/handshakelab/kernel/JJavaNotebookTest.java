package io.handshakelab.kernel;

class JJavaNotebookTest extends NotebookContract {
  @Override
  TestNotebook start() throws Exception {
    return new JJavaNotebook();
  }
}
