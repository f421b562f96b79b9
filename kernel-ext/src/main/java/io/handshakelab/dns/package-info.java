/**
 * DNS messages: start with {@link io.handshakelab.dns.DnsAnalysis} and {@link
 * io.handshakelab.dns.DnsRow}.
 */
@NullMarked
package io.handshakelab.dns;

import org.jspecify.annotations.NullMarked;
