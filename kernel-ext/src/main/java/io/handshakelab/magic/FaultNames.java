package io.handshakelab.magic;

import io.handshakelab.lab.Fault;
import io.handshakelab.problem.Problem;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of the lab as a person writes them. */
final class FaultNames implements Iterable<String> {
  private static final int WIDTH = 96;
  private static final String INDENT = " ".repeat(23);

  @Override
  public Iterator<String> iterator() {
    return Fault.labels().iterator();
  }

  /** For each its name, what is wrong, and where that is forbidden. */
  static String text() {
    StringBuilder text = new StringBuilder();
    for (Fault fault : Fault.values()) {
      String line = String.format("%-22s %s", fault.label(), fault.wrong());
      String rfc = "(" + fault.rfc() + ")";
      boolean fits = line.length() + rfc.length() < WIDTH;
      text.append(line).append(fits ? " " : "\n" + INDENT).append(rfc).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** Complains in one line about a name that is not known. */
  static void require(@Nullable String name, Session session) {
    List<String> known = Fault.labels();
    if (name != null && !known.contains(name)) {
      String near =
          Suggest.nearest(name, known).map(word -> "did you mean " + word + "? ").orElse("");
      throw new Problem(
          "the lab has no fault \"" + name + "\"",
          near
              + "it has "
              + String.join(", ", known)
              + "; what each one is: "
              + session.command("serve")
              + " --fault list");
    }
  }
}
