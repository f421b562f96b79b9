package io.handshakelab.tcp;

import java.util.List;
import java.util.Locale;

/**
 * Why the state of an end is not told for a while.
 *
 * @param sinceNanos when it was last known; {@link Transition#UNBOUNDED} if it had not been before
 * @param untilNanos when it is known again; {@link #NEVER} if it is not
 * @param perhaps what may have happened at that end, without a segment that proves it
 * @param possible the states that it can be in at the end; empty if it is known again
 */
public record Unknown(
    int connection,
    Sender end,
    long sinceNanos,
    long untilNanos,
    List<Event> perhaps,
    List<TcpState> possible) {
  /** The capture ends before. */
  public static final long NEVER = Long.MAX_VALUE;

  /** More of them would say nothing. */
  private static final int FEW = 5;

  public Unknown {
    perhaps = List.copyOf(perhaps);
    possible = List.copyOf(possible);
  }

  /** In one sentence. */
  public String sentence(long startNanos) {
    StringBuilder text = new StringBuilder();
    text.append("connection ").append(connection).append(": the state of the ").append(end.label());
    if (sinceNanos == Transition.UNBOUNDED && untilNanos == NEVER) {
      text.append(" is never known");
    } else if (sinceNanos == Transition.UNBOUNDED) {
      text.append(" before ").append(seconds(untilNanos - startNanos)).append(" is not known");
    } else {
      text.append(" is not known from ").append(seconds(sinceNanos - startNanos));
      text.append(untilNanos == NEVER ? " on" : " to " + seconds(untilNanos - startNanos));
    }
    text.append(": ").append(reason());
    if (!possible.isEmpty() && possible.size() <= FEW) {
      text.append("; it may be ").append(list(possible.stream().map(TcpState::label).toList()));
    }
    return text.toString();
  }

  private String reason() {
    if (!perhaps.isEmpty()) {
      return "no segment proves whether this happened there, or when: "
          + list(perhaps.stream().map(Event::label).toList());
    }
    return sinceNanos == Transition.UNBOUNDED && untilNanos != NEVER
        ? "the capture begins in the middle of the connection"
        : "no segment proves in which it is";
  }

  private static String list(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String seconds(long nanos) {
    String digits = String.format(Locale.ROOT, "%.6f", nanos / 1e9);
    return digits + " s";
  }
}
