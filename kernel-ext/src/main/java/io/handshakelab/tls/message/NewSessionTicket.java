package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/**
 * A ticket by which the client can come back later with a shorter handshake.
 *
 * <pre>
 * uint32 ticket_lifetime_hint;
 * opaque ticket&lt;0..2^16-1&gt;;                    // RFC 5077 §3.3
 *
 * uint32 ticket_lifetime;
 * uint32 ticket_age_add;
 * opaque ticket_nonce&lt;0..255&gt;;
 * opaque ticket&lt;1..2^16-1&gt;;
 * Extension extensions&lt;0..2^16-2&gt;;             // RFC 8446 §4.6.1
 * </pre>
 *
 * @param lifetime in seconds
 */
public record NewSessionTicket(long lifetime, Bytes ticket, Extensions extensions)
    implements Message {

  static NewSessionTicket parse(FieldReader in, MessageContext context) throws Malformed {
    if (!context.isTls13()) {
      return new NewSessionTicket(
          in.u32("ticket_lifetime_hint", "seconds for which the ticket should be kept"),
          in.opaque16("ticket", "the server alone can read it"),
          Extensions.NONE);
    }
    long lifetime = in.u32("ticket_lifetime", "seconds for which the ticket can be used");
    in.u32("ticket_age_add", "is added to the ticket's age to hide it");
    in.opaque8("ticket_nonce", "makes the key of each ticket different");
    Bytes ticket = in.opaque16("ticket", "the server alone can read it");
    return new NewSessionTicket(lifetime, ticket, Extensions.parse(in, Place.NEW_SESSION_TICKET));
  }

  @Override
  public String summary() {
    String more = extensions.summary();
    return "session ticket of "
        + ticket.length()
        + " bytes, lifetime "
        + lifetime
        + " s"
        + (more.isEmpty() ? "" : ", " + more);
  }
}
