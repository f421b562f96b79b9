package io.handshakelab.chart;

import io.handshakelab.chart.Machine.Step;
import io.handshakelab.tcp.StateRule;
import io.handshakelab.text.Escape;
import java.util.List;
import java.util.Locale;

/** The state machine in letters: one line for each rule, with the steps that followed it. */
final class MachineText {
  private MachineText() {}

  static String text(Machine machine) {
    StringBuilder out = new StringBuilder(machine.title()).append('\n');
    for (Step step : machine.steps()) {
      StateRule rule = step.rule();
      String line =
          String.format(
              Locale.ROOT,
              "%-24s %-12s %-16s -> %-12s %s",
              steps("client", step.client()) + steps("server", step.server()),
              rule.from().label(),
              rule.event().label(),
              rule.to().label(),
              rule.action());
      out.append(line.stripTrailing()).append('\n');
    }
    machine.notes().forEach(note -> out.append(Escape.line(note)).append('\n'));
    return out.toString();
  }

  private static String steps(String end, List<Integer> numbers) {
    return numbers.isEmpty() ? "" : end + " " + MachineBadge.text(numbers) + " ";
  }
}
