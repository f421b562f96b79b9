package io.handshakelab.kernel;

class IJavaNotebookTest extends NotebookContract {
  @Override
  TestNotebook start() throws Exception {
    return IJavaNotebook.start();
  }
}
