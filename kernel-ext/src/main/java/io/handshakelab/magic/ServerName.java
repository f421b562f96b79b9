package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import org.jspecify.annotations.Nullable;

/** The host that a client asked for in its ClientHello (RFC 6066 §3). */
final class ServerName {
  private ServerName() {}

  static @Nullable String in(Analysis analysis, @Nullable Integer connection) {
    for (TlsMessage message : analysis.tls().messages()) {
      boolean hello =
          message.type().equals("ClientHello")
              && message.sender() == Sender.CLIENT
              && (connection == null || connection == message.connection());
      if (hello) {
        for (Field field : analysis.tls().fields(message.number())) {
          if (field.path().endsWith(".server_name")) {
            return field.value();
          }
        }
      }
    }
    return null;
  }
}
