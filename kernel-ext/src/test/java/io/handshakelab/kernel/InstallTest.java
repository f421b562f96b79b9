package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InstallTest {
  @Test
  void installingTwiceChangesNothingAndUninstallingSaysThatTheMagicsAreGone() throws Exception {
    try (JJavaNotebook notebook = new JJavaNotebook()) {
      HandshakeLabExtension again = new HandshakeLabExtension();
      assertThatCode(() -> again.install(notebook.kernel())).doesNotThrowAnyException();
      notebook.run("%serve --help");
      assertThat(notebook.outputs()).hasSize(1);
      assertThatCode(() -> again.uninstall(notebook.kernel())).doesNotThrowAnyException();
      assertThatThrownBy(() -> notebook.run("%serve --help")).hasMessageContaining("is gone");
      assertThatCode(() -> again.uninstall(notebook.kernel())).doesNotThrowAnyException();
      again.install(notebook.kernel());
      notebook.run("%serve --help");
      assertThat(notebook.outputs()).hasSize(2);
    }
  }

  // A kernel that answers nothing at all stands for one with another API.
  @Test
  @SuppressWarnings("NullAway") // there is no kernel: that is the point
  void installingIntoAKernelThatIsNotAsExpectedThrowsNothing() {
    HandshakeLabExtension extension = new HandshakeLabExtension();
    assertThatCode(() -> extension.install(null)).doesNotThrowAnyException();
    extension.uninstall(null);
  }

  @Test
  void withoutIJavaItsAdapterDoesNothing() {
    assertThatCode(IJavaAdapter::install).doesNotThrowAnyException();
  }
}
