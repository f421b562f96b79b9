package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What came of a visit.
 *
 * @param capture all that was recorded, also if a step failed
 * @param problem why the visit ended early, or null
 * @param refusal who has refused whose certificate, and why, or null: the visit has then ended
 *     early, but as it should
 */
public record VisitResult(Capture capture, @Nullable Problem problem, @Nullable String refusal) {}
