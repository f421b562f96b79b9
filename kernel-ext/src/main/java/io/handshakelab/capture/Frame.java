package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a capture.
 *
 * @param number from 1, in the order of the capture
 * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z
 * @param linkType what {@code data} begins with
 * @param originalLength octets on the wire, which may be more than were captured
 * @param data the octets that were captured
 * @param comment from the capture file; not escaped for display
 * @param evidence {@link Evidence#WIRE} for a captured packet; {@link Evidence#SOCKET} where the
 *     payload was seen at a socket under made-up headers; {@link Evidence#INFERRED} where the whole
 *     frame was made up
 */
public record Frame(
    int number,
    long timeNanos,
    LinkType linkType,
    int originalLength,
    Bytes data,
    @Nullable String comment,
    Evidence evidence) {}
