package io.handshakelab.lab.ca;

import java.time.Instant;

/** When a certificate was withdrawn, and why. */
public record Withdrawal(Instant when, Reason reason) {}
