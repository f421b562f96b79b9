package io.handshakelab.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.CellMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** IJava by the library below it, with what its own kernel adds: the shell and the magics. */
public final class IJavaNotebook implements TestNotebook {
  private static @Nullable Kernel running;

  private final List<Output> outputs = new ArrayList<>();
  private final Kernel kernel = new Kernel();

  private IJavaNotebook() {}

  static IJavaNotebook start() throws Exception {
    IJavaNotebook notebook = new IJavaNotebook();
    running = notebook.kernel;
    notebook.kernel.evalRaw(
        "import java.util.*; import static io.handshakelab.kernel.IJavaNotebook.lineMagic;"
            + " import static io.handshakelab.kernel.IJavaNotebook.cellMagic;");
    IJavaAdapter.install(notebook.kernel);
    return notebook;
  }

  /** As in IJava's runtime. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // that is how IJava declares it
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    return Objects.requireNonNull(running).getMagics().applyLineMagic(name, arguments);
  }

  /** As in IJava's runtime. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // that is how IJava declares it
  public static <T> T cellMagic(String name, List<String> arguments, String cell) throws Exception {
    return Objects.requireNonNull(running).getMagics().applyCellMagic(name, arguments, cell);
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
    IJavaAdapter.forget();
    kernel.evaluator.close();
    running = null;
  }

  /** What the adapter finds by reflection: the field, and both methods. */
  public final class Kernel extends BaseKernel {
    private final TestShell evaluator = new TestShell();
    private final Magics magics = new Magics();
    private final MagicParser parser = new MagicParser("(?<=(?:^|=))\\s*%", "%%");

    private Kernel() {}

    public Magics getMagics() {
      return magics;
    }

    public @Nullable Object evalRaw(String code) throws Exception {
      CellMagicParseContext cell = parser.parseCellMagic(code);
      if (cell != null) {
        var call = cell.getMagicCall();
        return evaluator.eval(
            "cellMagic("
                + text(call.getName())
                + ",List.of("
                + texts(call.getArgs())
                + "),"
                + text(call.getBody())
                + ");{};");
      }
      return evaluator.eval(
          parser.transformLineMagics(
              code,
              line ->
                  "lineMagic("
                      + text(line.getMagicCall().getName())
                      + ",List.of("
                      + texts(line.getMagicCall().getArgs())
                      + "));{};"));
    }

    private static String texts(List<String> arguments) {
      return arguments.stream().map(Kernel::text).collect(Collectors.joining(","));
    }

    private static String text(String argument) {
      String base64 =
          Base64.getEncoder().encodeToString(argument.getBytes(Charset.defaultCharset()));
      return "new String(Base64.getDecoder().decode(\"" + base64 + "\"))";
    }

    @Override
    public void display(DisplayData data) {
      outputs.add(
          new Output(
              String.valueOf(data.getData(MIMEType.TEXT_PLAIN)),
              String.valueOf(data.getData(MIMEType.TEXT_HTML))));
    }

    @Override
    public DisplayData eval(String code) {
      throw new UnsupportedOperationException("cells go through evalRaw here");
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return new LanguageInfo.Builder("Java").build();
    }
  }
}
