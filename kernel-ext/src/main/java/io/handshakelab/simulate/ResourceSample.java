package io.handshakelab.simulate;

/**
 * What a listening port holds from a moment on.
 *
 * @param elapsedNanos since the simulation began
 * @param halfOpen connections that wait for the end of their handshake
 * @param established connections that are open, or were and are not yet gone
 * @param memoryOctets what the two need together, by the sizes of a usual system
 * @param turnedAway SYNs that found no room, so far
 */
public record ResourceSample(
    long elapsedNanos, int halfOpen, int established, long memoryOctets, long turnedAway) {}
