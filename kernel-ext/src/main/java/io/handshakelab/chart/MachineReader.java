package io.handshakelab.chart;

import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.StateRules;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Finds the rows of a table of states in the table of rules. */
final class MachineReader {
  private final Map<StateRule, List<List<Integer>>> followed = new LinkedHashMap<>();
  private final Set<TcpState> visited = EnumSet.noneOf(TcpState.class);
  private final List<String> notes = new ArrayList<>();
  private final int[] count = new int[2];

  private MachineReader() {
    for (StateRule rule : StateRules.all()) {
      followed.put(rule, List.of(new ArrayList<>(), new ArrayList<>()));
    }
  }

  /**
   * Reads a table of states.
   *
   * @param states of which the first connection is shown; null for the machine alone
   */
  static Machine read(@Nullable Table states) {
    MachineReader reader = new MachineReader();
    String title = "The states of TCP (RFC 9293, Figure 5)";
    if (states != null) {
      Cells.need(states, "machine", "conn", "endpoint", "from", "event", "to", "evidence");
      int conn = states.isEmpty() ? 0 : states.intColumn("conn").getInt(0);
      title =
          String.format(Locale.ROOT, "The way of connection %d through the states of TCP", conn);
      for (Row row : states) {
        if (row.getInt("conn") == conn && !Cells.text(row, "evidence").equals("kernel")) {
          reader.step(row);
        }
      }
    }
    List<Machine.Step> steps = new ArrayList<>();
    reader.followed.forEach((rule, by) -> steps.add(new Machine.Step(rule, by.get(0), by.get(1))));
    return new Machine(title, steps, reader.visited, reader.notes);
  }

  private void step(Row row) {
    String endpoint = Cells.text(row, "endpoint");
    int end = endpoint.equals("client") ? 0 : 1;
    String from = Cells.text(row, "from");
    String to = Cells.text(row, "to");
    String event = Cells.text(row, "event");
    visit(from);
    visit(to);
    if (from.isEmpty()) {
      notes.add("The " + endpoint + " is first seen in " + to + ".");
      return;
    }
    int number = ++count[end];
    for (Map.Entry<StateRule, List<List<Integer>>> entry : followed.entrySet()) {
      StateRule rule = entry.getKey();
      if (rule.from().label().equals(from)
          && rule.event().label().equals(event)
          && rule.to().label().equals(to)) {
        entry.getValue().get(end).add(number);
        return;
      }
    }
    notes.add(
        "Step "
            + number
            + " of the "
            + endpoint
            + " has no arrow: "
            + from
            + ", "
            + event
            + ", "
            + to
            + ".");
  }

  private void visit(String label) {
    for (TcpState state : TcpState.values()) {
      if (state.label().equals(label)) {
        visited.add(state);
      }
    }
  }
}
