/**
 * An HTTPS visit over the virtual network: DNS, a redirect, and real TLS endpoints. Start at {@link
 * io.handshakelab.simulate.https.HttpsVisit} and {@link io.handshakelab.simulate.https.TlsEnd}.
 */
@NullMarked
package io.handshakelab.simulate.https;

import org.jspecify.annotations.NullMarked;
