package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import io.handshakelab.table.TableFormat;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands by name. A new one needs its class and its line here. */
public final class Magics {
  private static final Map<String, Supplier<Magic>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("doctor", DoctorMagic::new);
    COMMANDS.put("serve", ServeMagic::new);
    COMMANDS.put("dns", DnsMagic::new);
    COMMANDS.put("redirect", RedirectMagic::new);
    COMMANDS.put("capture", CaptureMagic::new);
    COMMANDS.put("simulate", SimulateMagic::new);
    COMMANDS.put("open", OpenMagic::new);
    COMMANDS.put("save", SaveMagic::new);
    COMMANDS.put("tcp", TcpMagic::new);
    COMMANDS.put("states", StatesMagic::new);
    COMMANDS.put("tls", TlsMagic::new);
    COMMANDS.put("fields", FieldsMagic::new);
    COMMANDS.put("http", HttpMagic::new);
    COMMANDS.put("timings", TimingsMagic::new);
    COMMANDS.put("chain", ChainMagic::new);
    COMMANDS.put("verify", VerifyMagic::new);
    COMMANDS.put("ca", CaMagic::new);
    COMMANDS.put("chart", ChartMagic::new);
    COMMANDS.put("python", PythonMagic::new);
  }

  private static final Set<String> CELLS = Set.of("capture", "python");
  private static final Set<String> ONLY_CELLS = Set.of("python");

  private Magics() {}

  /** Names that work as {@code %name}, and as {@code lab name} in a shell. */
  public static List<String> lines() {
    return COMMANDS.keySet().stream().filter(name -> !ONLY_CELLS.contains(name)).toList();
  }

  /** Names that work as {@code %%name} above a cell. */
  public static List<String> cells() {
    return COMMANDS.keySet().stream().filter(CELLS::contains).toList();
  }

  /** One line about each command. */
  public static String overview(Session session) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Supplier<Magic>> command : COMMANDS.entrySet()) {
      String name = command.getKey();
      if (session.isNotebook() || !ONLY_CELLS.contains(name)) {
        String sign = ONLY_CELLS.contains(name) ? "%" : "";
        text.append(
            String.format("%-12s %s%n", sign + session.command(name), about(command.getValue())));
      }
    }
    return text.toString();
  }

  /**
   * Runs one command.
   *
   * @param cell what stands below {@code %%name}, null for {@code %name}
   * @throws Problem if the arguments or the input are wrong
   * @throws InterruptedException if the thread is interrupted
   */
  public static Answer run(
      Session session, String name, List<String> arguments, @Nullable String cell)
      throws InterruptedException {
    Supplier<Magic> maker = COMMANDS.get(name);
    if (maker == null || (cell == null && ONLY_CELLS.contains(name) && !session.isNotebook())) {
      throw new Problem(
          "there is no command " + name,
          Suggest.nearest(name, lines())
              .map(near -> "did you mean " + near + "?")
              .orElse("the commands are " + String.join(", ", lines())));
    }
    Magic magic = maker.get();
    CommandLine line = commandLine(magic, session, name);
    try {
      ParseResult result = line.parseArgs(arguments.toArray(String[]::new));
      while (result.hasSubcommand()) {
        result = result.subcommand();
      }
      line = result.commandSpec().commandLine();
    } catch (ParameterException e) {
      throw problem(e);
    }
    Magic chosen = line.getCommand();
    chosen.enter(session, cell);
    if (chosen.helpWanted()) {
      return Answer.of(new Text(line.getUsageMessage(Ansi.OFF).stripTrailing()));
    }
    return chosen.run();
  }

  private static CommandLine commandLine(Magic magic, Session session, String name) {
    return new CommandLine(magic)
        .setCommandName(session.command(name))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(TableFormat.class, TableFormat::of);
  }

  private static Problem problem(ParameterException e) {
    String call = e.getCommandLine().getCommandSpec().qualifiedName();
    Collection<String> options = e.getCommandLine().getCommandSpec().optionsMap().keySet();
    String more = "for all arguments: " + call + " --help";
    String advice = more;
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String wrong = unmatched.getUnmatched().get(0);
      String bare = wrong.contains("=") ? wrong.substring(0, wrong.indexOf('=')) : wrong;
      if (wrong.startsWith("-")) {
        advice =
            Suggest.nearest(bare, options).map(n -> "did you mean " + n + "? " + more).orElse(more);
        return new Problem("unknown option " + bare, advice);
      }
      return new Problem("one argument too many: " + wrong, advice);
    }
    if (e.getCause() instanceof Problem problem) {
      return problem;
    }
    String what = e.getMessage() == null ? "wrong arguments" : e.getMessage();
    return new Problem(what.lines().findFirst().orElse(what), advice);
  }

  private static String about(Supplier<Magic> maker) {
    Command command = maker.get().getClass().getAnnotation(Command.class);
    return command == null ? "" : String.join(" ", command.description());
  }

  static Set<String> all() {
    return Collections.unmodifiableSet(COMMANDS.keySet());
  }
}
