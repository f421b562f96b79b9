package io.handshakelab.capture;

import org.jspecify.annotations.Nullable;

/**
 * Whether packets can be captured here.
 *
 * @param available whether a capture was tried and worked
 * @param program {@code dumpcap} or {@code tcpdump}, null if not available
 * @param reason what was found, in one line
 * @param advice what to do if not available, in one line; empty otherwise
 */
public record Availability(
    boolean available, @Nullable String program, String reason, String advice) {}
