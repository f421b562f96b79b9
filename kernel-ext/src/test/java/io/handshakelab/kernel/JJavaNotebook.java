package io.handshakelab.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/** JJava by its published API: it finds the extension by itself, as the kernel does. */
final class JJavaNotebook implements TestNotebook {
  private final List<Output> outputs = new ArrayList<>();
  private final TestShell shell = new TestShell();
  private final Kernel kernel = new Kernel();

  JJavaNotebook() throws Exception {
    kernel.onStartup();
  }

  BaseKernel kernel() {
    return kernel;
  }

  @Override
  public void run(String cell) throws Exception {
    Object value = kernel.evalRaw(cell);
    if (value != null) {
      kernel.display(kernel.getRenderer().render(value));
    }
  }

  @Override
  public List<Output> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    kernel.onShutdown(false);
    shell.close();
  }

  /** Public, as JJava's own is, so that it can be reached by reflection. */
  public final class Kernel extends BaseKernel {
    private Kernel() {
      super(
          "test",
          "0",
          new LanguageInfo.Builder("Java").build(),
          List.of(),
          null,
          new JupyterIO(StandardCharsets.UTF_8),
          new CommManager(),
          new Renderer(),
          new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
          new MagicsRegistry(),
          true,
          new StringStyler("", "", "", n -> ""));
    }

    public JShell getJShell() {
      return shell.getShell();
    }

    @Override
    public void display(DisplayData data) {
      outputs.add(
          new Output(
              String.valueOf(data.getData(MIMEType.TEXT_PLAIN)),
              String.valueOf(data.getData(MIMEType.TEXT_HTML))));
    }

    @Override
    public @Nullable Object evalRaw(String code) {
      try {
        return shell.eval(magicParser.resolveMagics(code));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public DisplayData inspect(String code, int at, boolean detail) {
      return DisplayData.EMPTY;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return new ReplacementOptions(List.of(), at, at);
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_MAYBE;
    }
  }
}
