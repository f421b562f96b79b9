package io.handshakelab.chart;

import io.handshakelab.chart.Ladder.Arrow;
import io.handshakelab.chart.Ladder.Change;
import io.handshakelab.chart.Ladder.Step;
import io.handshakelab.chart.Ladder.Talk;
import io.handshakelab.text.Escape;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A ladder chart in letters. */
final class LadderText {
  private static final int MIDDLE = 74;

  private LadderText() {}

  static String text(Ladder ladder) {
    StringBuilder out = new StringBuilder();
    for (Talk talk : ladder.talks()) {
      talk(out, talk);
    }
    if (ladder.talks().isEmpty()) {
      out.append("There is no TCP segment to show.\n");
    }
    if (ladder.left() > 0) {
      out.append("… ").append(ladder.left()).append(" more segments are not shown here\n");
    }
    return out.append("(- - : inferred; states in brackets likewise)\n").toString();
  }

  private static void talk(StringBuilder out, Talk talk) {
    out.append(
        String.format(
            Locale.ROOT,
            "connection %d: client %s, server %s%n",
            talk.conn(),
            Escape.line(talk.client()),
            Escape.line(talk.server())));
    out.append(
        String.format(
            Locale.ROOT, "%10s %-13s %-" + MIDDLE + "s %s%n", "ms", "client", "", "server"));
    String none = "";
    row(
        out,
        none,
        Objects.requireNonNullElse(talk.firstState(true), none),
        none,
        Objects.requireNonNullElse(talk.firstState(false), none));
    for (Step step : talk.steps()) {
      String time = String.format(Locale.ROOT, "%.3f", step.time() * 1000);
      Arrow arrow = step.arrow();
      if (arrow != null && tooLong(arrow)) {
        row(out, none, none, centred(Escape.line(arrow.name())), none);
      }
      row(out, time, state(step, true, 0), middle(step), state(step, false, 0));
      for (int n = 1; n < step.changes().size(); n++) {
        String client = state(step, true, n);
        String server = state(step, false, n);
        if (!client.isEmpty() || !server.isEmpty()) {
          row(out, none, client, none, server);
        }
      }
      if (arrow != null && !arrow.note().isEmpty()) {
        row(out, none, none, centred(Escape.line(arrow.note())), none);
      }
    }
  }

  private static String middle(Step step) {
    Arrow arrow = step.arrow();
    if (arrow == null) {
      StringBuilder events = new StringBuilder();
      step.changes().forEach(c -> events.append(events.isEmpty() ? "" : ", ").append(c.event()));
      String text = Escape.line(events.toString());
      return step.changes().stream().allMatch(Change::client)
          ? text
          : " ".repeat(Math.max(0, MIDDLE - text.length())) + text;
    }
    String text = Escape.line(arrow.name() + "  " + arrow.detail());
    text = " " + cut(tooLong(arrow) ? Escape.line(arrow.detail()) : text, MIDDLE - 6) + " ";
    int left = (MIDDLE - 2 - text.length()) / 2;
    int right = MIDDLE - 2 - text.length() - left;
    String line = dashes(left, arrow.inferred()) + text + dashes(right, arrow.inferred());
    return arrow.fromClient() ? line + "->" : "<-" + line;
  }

  /** Whether names and numbers need a line each. */
  private static boolean tooLong(Arrow arrow) {
    return Escape.line(arrow.name() + "  " + arrow.detail()).length() > MIDDLE - 6;
  }

  private static String cut(String text, int length) {
    return text.length() <= length
        ? text
        : text.codePoints()
                .limit(length - 1)
                .filter(Character::isBmpCodePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            + "…";
  }

  private static String dashes(int count, boolean inferred) {
    return (inferred ? "- " : "--").repeat(count / 2 + 1).substring(0, count);
  }

  private static String centred(String text) {
    String shown = cut(text, MIDDLE);
    return " ".repeat((MIDDLE - shown.length()) / 2) + shown;
  }

  /** The n-th state that an end comes to in this step, or nothing. */
  private static String state(Step step, boolean client, int n) {
    List<Change> changes = step.changes(client);
    if (n >= changes.size()) {
      return "";
    }
    Change change = changes.get(n);
    return Escape.line(change.inferred() ? "(" + change.to() + ")" : change.to());
  }

  private static void row(
      StringBuilder out, String time, String client, String middle, String server) {
    String line =
        String.format(Locale.ROOT, "%10s %-13s %-" + MIDDLE + "s %s", time, client, middle, server);
    out.append(line.stripTrailing()).append('\n');
  }
}
