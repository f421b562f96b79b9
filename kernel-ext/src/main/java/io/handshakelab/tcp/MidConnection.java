package io.handshakelab.tcp;

/**
 * Where both ends can be when the capture begins after the connection: what they still send tells
 * what they had not sent, and had not received.
 */
final class MidConnection {
  private static final String LABEL = "capture begins";

  private static final int OPEN = StateMachine.oneOf(TcpState.ESTABLISHED);
  private static final int MAY_HAVE_RECEIVED =
      StateMachine.oneOf(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT);
  private static final int MAY_HAVE_SENT =
      StateMachine.oneOf(TcpState.ESTABLISHED, TcpState.FIN_WAIT_1, TcpState.FIN_WAIT_2);

  private final SegmentColumns columns;
  private final Flow flow;

  MidConnection(SegmentColumns columns, Flow flow) {
    this.columns = columns;
    this.flow = flow;
  }

  void begin(EndStates client, EndStates server, int row, long nanos, int frame) {
    boolean reset = Flags.has(columns.flags(row), Flags.RST);
    begin(client, reset, row, nanos, frame);
    begin(server, reset, row, nanos, frame);
  }

  private void begin(EndStates end, boolean reset, int row, long nanos, int frame) {
    Direction ours = flow.from(end.end);
    Direction theirs = flow.from(end.end.other());
    boolean stillSends =
        !reset && ours.lastDataOrFinRow > row && end.facts.firstRow != EndFacts.NONE;
    boolean stillReceives = !reset && theirs.lastDataOrFinRow >= row;
    end.opened = true;
    end.synReceived = true;
    end.synSent = true;
    int states = StateMachine.ANY;
    if (stillSends) {
      states = stillReceives ? OPEN : MAY_HAVE_RECEIVED;
    } else if (stillReceives) {
      states = MAY_HAVE_SENT;
    }
    end.begin(states, LABEL, nanos, frame);
  }
}
