package io.handshakelab.kernel;

import io.handshakelab.magic.Answer;
import io.handshakelab.magic.Magics;
import io.handshakelab.magic.Notebook;
import io.handshakelab.magic.Session;
import io.handshakelab.text.Escape;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Between a kernel and the magics: shows each value exactly once, turns whatever is thrown into an
 * error card and one short line, and lets nothing else out.
 */
final class Boundary implements Notebook {
  private final KernelPort port;
  private final Session session;

  Boundary(KernelPort port) {
    this.port = port;
    this.session = Session.inNotebook(this);
  }

  Session session() {
    return session;
  }

  /**
   * Runs a magic.
   *
   * @param cell what stands below {@code %%name}, null for {@code %name}
   * @return the value where the cell uses it, else null, for it was shown already
   */
  @Nullable Object run(String name, List<String> arguments, @Nullable String cell) {
    String magic = (cell == null ? "%" : "%%") + name;
    try {
      boolean used = ValueUse.isUsed(port.shell(), name, arguments);
      Answer answer = Magics.run(session, name, arguments, cell);
      boolean failed = answer.problem() != null;
      if (answer.value() != null && (!used || failed)) {
        port.display(Renderers.bundle(answer.value()));
        for (Object below : answer.below()) {
          port.display(Renderers.bundle(below));
        }
      }
      if (!answer.notices().isEmpty()) {
        port.display(notices(answer.notices()));
      }
      if (answer.problem() != null) {
        throw answer.problem();
      }
      return used ? answer.value() : null;
      // Everything: an Error that gets into the kernel's own threads ends them without a word.
    } catch (Throwable thrown) {
      throw fail(magic, thrown);
    }
  }

  private MagicFailed fail(String magic, Throwable thrown) {
    if (thrown instanceof MagicFailed inner) {
      return inner;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    ErrorCard card = ErrorCard.of(magic, thrown);
    try {
      port.display(Bundle.html(card.html(), card.text()));
      // The cell may be over, or memory gone: the short line below is left.
    } catch (Throwable cannotShow) {
      return new MagicFailed(card.text());
    }
    return new MagicFailed(Escape.line(card.whatHappened()));
  }

  private static Bundle notices(List<String> notices) {
    StringBuilder html = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (String notice : notices) {
      html.append(
          "<div style=\"border-left:4px solid var(--jp-warn-color1,#f57c00);padding:2px 12px\">");
      html.append(Escape.html(notice)).append("</div>");
      text.append(text.isEmpty() ? "" : "\n").append("note: ").append(Escape.line(notice));
    }
    return Bundle.html(html.toString(), text.toString());
  }

  @Override
  public @Nullable Object variable(String name) {
    JShell shell = port.shell();
    boolean known =
        shell != null
            && shell
                .variables()
                .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
                .map(VarSnippet::name)
                .anyMatch(name::equals);
    if (!known) {
      return null;
    }
    try {
      return port.evaluate(name);
    } catch (Exception e) {
      return null;
    }
  }

  @Override
  public void evaluate(String code) throws Exception {
    port.evaluate(code);
  }
}
