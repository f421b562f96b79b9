package io.handshakelab.magic;

import io.handshakelab.lab.Fault;
import io.handshakelab.problem.Problem;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of the lab as a person writes them. */
final class FaultNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Fault.labels().iterator();
  }

  /** One line for each: its name, and what is wrong. */
  static String text() {
    StringBuilder text = new StringBuilder();
    for (Fault fault : Fault.values()) {
      text.append(String.format("%-22s %s (%s)%n", fault.label(), fault.wrong(), fault.rfc()));
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
