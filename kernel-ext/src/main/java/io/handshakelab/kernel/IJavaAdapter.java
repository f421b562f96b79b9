package io.handshakelab.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.handshakelab.magic.Magics;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings the same magics and renderers into IJava, which knows no extensions. With {@code
 * IJAVA_CLASSPATH} naming our jars, {@code IJAVA_STARTUP_SCRIPT} is
 *
 * <pre>{@code io.handshakelab.kernel.IJavaAdapter.install();}</pre>
 */
public final class IJavaAdapter {
  private static final AtomicReference<@Nullable Boundary> INSTALLED = new AtomicReference<>();

  private IJavaAdapter() {}

  /** Installs into the kernel that runs; does so once, and throws nothing. */
  public static void install() {
    try {
      Class<?> main = Class.forName("io.github.spencerpark.ijava.IJava");
      Object kernel = main.getMethod("getKernelInstance").invoke(null);
      if (kernel instanceof BaseKernel known) {
        install(known);
      }
      // Without the magics the kernel still runs Java; with an exception here no cell would run.
    } catch (Throwable thrown) {
      Preparation.log("Handshake Lab could not be installed in IJava", thrown);
    }
  }

  static void install(BaseKernel kernel) throws ReflectiveOperationException {
    IJavaPort port = new IJavaPort(kernel);
    Boundary boundary = new Boundary(port);
    if (!INSTALLED.compareAndSet(null, boundary)) {
      return;
    }
    var registry = port.magics();
    for (String name : Magics.lines()) {
      registry.registerLineMagic(name, args -> boundary.run(name, args, null));
    }
    for (String name : Magics.cells()) {
      registry.registerCellMagic(name, (args, cell) -> boundary.run(name, args, cell));
    }
    for (Class<?> type : Renderers.TYPES) {
      register(kernel.getRenderer(), type);
    }
    Preparation.begin(boundary, port);
  }

  /** For tests, which start more than one kernel. */
  static void forget() {
    Boundary boundary = INSTALLED.getAndSet(null);
    if (boundary != null) {
      boundary.session().close();
    }
  }

  private static <T> void register(Renderer renderer, Class<T> type) {
    renderer
        .createRegistration(type)
        .preferring("text/html", "text/plain")
        .supporting("image/png", "image/svg+xml")
        .register(IJavaAdapter::render);
  }

  private static void render(Object value, RenderContext context) {
    DisplayData out = context.getOutputContainer();
    Bundle bundle = Renderers.bundle(value);
    bundle.data().forEach(out::putData);
    bundle.metadata().forEach(out::putMetaData);
  }
}
