package io.handshakelab.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/**
 * JJava. It calls only what the published API and the kernel from PyPI have in common; the rest
 * goes by reflection.
 */
final class JJavaPort implements KernelPort {
  private final BaseKernel kernel;

  JJavaPort(BaseKernel kernel) {
    this.kernel = kernel;
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
      return kernel.getClass().getMethod("getJShell").invoke(kernel) instanceof JShell shell
          ? shell
          : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  public @Nullable Object evaluate(String code) throws Exception {
    // evalRaw is abstract in the published API and deprecated in newer kernels, which may drop it.
    try {
      Method evalRaw = BaseKernel.class.getMethod("evalRaw", String.class);
      return evalRaw.invoke(kernel, code);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (NoSuchMethodException e) {
      Object builder = call(kernel, BaseKernel.class.getMethod("evalBuilder", String.class), code);
      Class<?> type = Class.forName("org.dflib.jjava.jupyter.kernel.EvalBuilder");
      return call(call(builder, type.getMethod("resolveMagics")), type.getMethod("eval"));
    }
  }

  private static Object call(Object target, Method method, Object... arguments) throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
