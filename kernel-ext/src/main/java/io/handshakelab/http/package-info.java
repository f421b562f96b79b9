/**
 * HTTP/1.x and HTTP/2 messages, in the clear or decrypted: start with {@link
 * io.handshakelab.http.HttpAnalysis} and {@link io.handshakelab.http.HttpMessage}.
 */
@NullMarked
package io.handshakelab.http;

import org.jspecify.annotations.NullMarked;
