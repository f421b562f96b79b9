package io.handshakelab.kernel;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** A JShell in this JVM that keeps the values of its snippets, as the kernels have it. */
public final class TestShell implements AutoCloseable {
  private static final Set<SubKind> EXPRESSIONS =
      Set.of(
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND,
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND);

  private final Engine engine = new Engine();
  private final JShell shell =
      JShell.builder()
          .executionEngine(
              new ExecutionControlProvider() {
                @Override
                public String name() {
                  return "test";
                }

                @Override
                public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                  return engine;
                }
              },
              Map.of())
          .build();

  TestShell() {
    shell.addToClasspath(System.getProperty("java.class.path"));
  }

  public JShell getShell() {
    return shell;
  }

  /** Runs a cell without magics; its value is that of an expression at its end. */
  @Nullable Object eval(String code) throws Exception {
    Object result = null;
    CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(code);
    while (info.completeness().isComplete()) {
      List<SnippetEvent> events = shell.eval(info.source());
      for (SnippetEvent event : events) {
        if (event.exception() != null) {
          throw event.exception();
        }
        if (event.causeSnippet() == null && !event.status().isDefined()) {
          throw new IllegalArgumentException(
              event.snippet().source()
                  + shell
                      .diagnostics(event.snippet())
                      .map(d -> "\n" + d.getMessage(null))
                      .toList());
        }
        result = EXPRESSIONS.contains(event.snippet().subKind()) ? engine.last : null;
      }
      info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
    }
    return result;
  }

  @Override
  public void close() {
    shell.close();
  }

  private static final class Engine extends DirectExecutionControl {
    private @Nullable Object last;

    @Override
    protected String invoke(Method method) throws Exception {
      Object value = method.invoke(null);
      last = value;
      return valueString(value);
    }
  }
}
