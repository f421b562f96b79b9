package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.Extension;
import io.handshakelab.tls.message.Extensions;
import io.handshakelab.tls.message.Finished;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.OpaqueExtension;
import io.handshakelab.tls.message.ServerHello;
import java.util.List;

/**
 * Whether the hellos of a renegotiation are bound to the handshake before them by its verify_data
 * (RFC 5746 §3.4, §3.5).
 */
final class Renegotiation {
  private static final int RENEGOTIATION_INFO = 65281;

  private Bytes clientVerify = Bytes.EMPTY;
  private Bytes serverVerify = Bytes.EMPTY;

  /** What the row of this message has to say about it, or empty. */
  String note(Sender role, Message message) {
    if (message instanceof Finished finished) {
      if (role == Sender.CLIENT) {
        clientVerify = finished.verifyData();
      } else {
        serverVerify = finished.verifyData();
      }
      return "";
    }
    if (clientVerify.isEmpty() || serverVerify.isEmpty()) {
      return "";
    }
    if (message instanceof ClientHello hello) {
      return note(hello.extensions(), clientVerify);
    }
    return message instanceof ServerHello hello
        ? note(hello.extensions(), Bytes.concat(List.of(clientVerify, serverVerify)))
        : "";
  }

  private static String note(Extensions extensions, Bytes expected) {
    for (Extension extension : extensions.list()) {
      if (extension.type().number() == RENEGOTIATION_INFO
          && extension instanceof OpaqueExtension said) {
        return said.data().equals(expected)
            ? ", renegotiation: bound to the Finished before it (RFC 5746)"
            : ", renegotiation: not bound to the Finished before it (RFC 5746 §3.5)";
      }
    }
    return ", renegotiation: without renegotiation_info, so that it can be attacked (RFC 5746 §1)";
  }
}
