package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.time.Instant;

/**
 * One certificate of a chain, in words. Names are as in the certificate: not escaped for display.
 *
 * @param index from 0, the end user's
 * @param key such as {@code RSA 2048, e = 65537} or {@code EC secp256r1}
 * @param signatureAlgorithm such as {@code sha256WithRSAEncryption}
 * @param sha256 of the DER, hexadecimal
 * @param sent whether the server sent it
 * @param trusted whether the trust store holds it
 */
public record ChainEntry(
    int index,
    Category category,
    String subject,
    String issuer,
    String serial,
    Instant notBefore,
    Instant notAfter,
    String key,
    String signatureAlgorithm,
    String sha256,
    boolean sent,
    boolean trusted,
    Bytes der) {}
