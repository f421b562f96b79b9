package io.handshakelab.x509;

import org.jspecify.annotations.Nullable;

/**
 * One step of a signature checked by hand.
 *
 * @param number from 1
 * @param name short, for {@code --step}: {@code issuer}, {@code key}, {@code subject}, {@code
 *     signature}, {@code power}, {@code hex}, {@code split}, {@code tbs}, {@code hash}, {@code
 *     equal}
 * @param python the line of the original script that it mirrors
 * @param value what comes out, in full; not escaped for display
 * @param ok false where this step fails; null where it decides nothing
 */
public record SignatureStep(
    int number, String name, String python, String value, @Nullable Boolean ok) {}
