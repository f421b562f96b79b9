package io.handshakelab.cli;

import io.handshakelab.magic.Answer;
import io.handshakelab.magic.Magics;
import io.handshakelab.magic.Session;
import io.handshakelab.magic.ShellText;
import io.handshakelab.magic.StraightTable;
import io.handshakelab.problem.Problem;
import io.handshakelab.text.Escape;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code lab NAME …}: the same commands as the magics. The exit status is 0 for success, 1 if the
 * finding is negative, 2 if the arguments or the input are wrong.
 */
public final class Main {
  private static final int SUCCESS = 0;
  private static final int NEGATIVE = 1;
  private static final int WRONG = 2;

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    // Not System.out: that one swallows what goes wrong.
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      int status = run(List.of(args), out, err);
      out.flush();
      System.exit(status);
    } catch (IOException e) {
      // Whoever read our output has gone, as head does: there is no one left to tell.
      System.exit(SUCCESS);
    }
  }

  static int run(List<String> args, OutputStream out, PrintStream err) throws IOException {
    try {
      StraightTable straight = StraightTable.of(args);
      if (straight != null) {
        return status(straight.write(out), err);
      }
    } catch (Problem problem) {
      return report(problem, err);
    } catch (OutOfMemoryError e) {
      return report(notEnoughMemory(), err);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return report(unexpected(args.get(0), e), err);
    }
    try (Session session = Session.inShell()) {
      return run(session, args, out, err);
    }
  }

  private static int run(Session session, List<String> args, OutputStream out, PrintStream err)
      throws IOException {
    if (args.isEmpty() || List.of("-h", "--help", "help").contains(args.get(0))) {
      out.write(Magics.overview(session).getBytes(StandardCharsets.UTF_8));
      return args.isEmpty() ? WRONG : SUCCESS;
    }
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(session::close, "lab-close"));
      Answer answer = Magics.run(session, args.get(0), args.subList(1, args.size()), null);
      if (answer.value() != null) {
        ShellText.write(answer.value(), out);
        for (Object below : answer.below()) {
          ShellText.write(below, out);
        }
        out.flush();
      }
      int status = status(answer, err);
      if (status != WRONG && args.get(0).equals("serve") && session.lab() != null) {
        err.println("serving until Ctrl-C");
        new CountDownLatch(1).await();
      }
      return status;
    } catch (Problem problem) {
      return report(problem, err);
    } catch (InterruptedException e) {
      return report(new Problem("interrupted", "run it again"), err);
    } catch (OutOfMemoryError e) {
      return report(notEnoughMemory(), err);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return report(unexpected(args.get(0), e), err);
    }
  }

  /** Says what else there is to know. */
  private static int status(Answer answer, PrintStream err) {
    for (String notice : answer.notices()) {
      err.println("note: " + Escape.line(notice));
    }
    Problem problem = answer.problem();
    if (problem != null) {
      return report(problem, err);
    }
    return answer.negative() ? NEGATIVE : SUCCESS;
  }

  private static int report(Problem problem, PrintStream err) {
    err.println("lab: " + Escape.line(problem.whatHappened()));
    err.println("     " + Escape.line(problem.advice()));
    return WRONG;
  }

  private static Problem notEnoughMemory() {
    return new Problem("not enough memory", "give it more: JDK_JAVA_OPTIONS=-Xmx2g lab …");
  }

  private static Problem unexpected(String command, Throwable thrown) {
    String where =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.handshakelab."))
            .findFirst()
            .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
            .orElse("");
    return new Problem(
        command + " failed: " + thrown,
        "this is a mistake in Handshake Lab: please report it, with the file if you can" + where);
  }
}
