package io.handshakelab.tcp;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection goes from one state to another.
 *
 * @param connection number of the connection, from 0
 * @param timeNanos nanoseconds since 1970
 * @param endpoint whose state it is
 * @param from the state before; null where it cannot be known
 * @param event {@code send SYN}, {@code recv SYN,ACK}, {@code active open}, {@code timeout 2MSL} …
 * @param to the state after
 * @param frame the frame that shows it, or null where none does
 * @param rfc the section, such as {@code RFC 9293 §3.5}
 * @param evidence how the transition is known
 */
public record Transition(
    int connection,
    long timeNanos,
    Sender endpoint,
    @Nullable TcpState from,
    String event,
    TcpState to,
    @Nullable Integer frame,
    String rfc,
    Evidence evidence) {}
