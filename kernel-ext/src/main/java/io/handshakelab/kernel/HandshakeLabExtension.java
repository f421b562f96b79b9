package io.handshakelab.kernel;

import io.handshakelab.magic.Magics;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Brings the magics and renderers into JJava, which finds it by {@code META-INF/services}. An
 * exception here would stop the kernel, so none comes out.
 */
public final class HandshakeLabExtension implements Extension {
  private static final AtomicReference<@Nullable Boundary> INSTALLED = new AtomicReference<>();

  @Override
  public void install(BaseKernel kernel) {
    try {
      KernelPort port = new JJavaPort(kernel);
      Boundary boundary = new Boundary(port);
      if (!INSTALLED.compareAndSet(null, boundary)) {
        return;
      }
      registerMagics(kernel.getMagicsRegistry(), boundary);
      registerRenderers(kernel.getRenderer());
      Preparation.begin(boundary, port);
      // Without the magics the kernel still runs Java; with an exception here it would not start.
    } catch (Throwable thrown) {
      Preparation.log("Handshake Lab could not be installed", thrown);
    }
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Boundary boundary = INSTALLED.getAndSet(null);
    if (boundary == null) {
      return;
    }
    try {
      boundary.session().close();
      MagicsRegistry registry = kernel.getMagicsRegistry();
      // The registry has no way to take a magic out.
      Magics.lines().forEach(name -> registry.registerLineMagic(name, (k, args) -> gone(name)));
      Magics.cells().forEach(n -> registry.registerCellMagic(n, (k, args, cell) -> gone(n)));
    } catch (Throwable thrown) {
      Preparation.log("Handshake Lab could not be uninstalled", thrown);
    }
  }

  private static void registerMagics(MagicsRegistry registry, Boundary boundary) {
    for (String name : Magics.lines()) {
      registry.registerLineMagic(name, (kernel, args) -> boundary.run(name, args, null));
    }
    for (String name : Magics.cells()) {
      registry.registerCellMagic(name, (kernel, args, cell) -> boundary.run(name, args, cell));
    }
  }

  private static void registerRenderers(Renderer renderer) {
    for (Class<?> type : Renderers.TYPES) {
      register(renderer, type);
    }
  }

  private static <T> void register(Renderer renderer, Class<T> type) {
    renderer
        .createRegistration(type)
        .preferring("text/html", "text/plain")
        .supporting("image/png", "image/svg+xml")
        .register(HandshakeLabExtension::render);
  }

  private static void render(Object value, RenderContext context) {
    DisplayData out = context.getOutputContainer();
    Bundle bundle = Renderers.bundle(value);
    bundle.data().forEach(out::putData);
    bundle.metadata().forEach(out::putMetaData);
  }

  private static Object gone(String name) {
    throw new MagicFailed("%" + name + " is gone: Handshake Lab was uninstalled from this kernel");
  }
}
