package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import java.util.List;

/**
 * Certificates that one end sent, in its order.
 *
 * @param connection number of the TCP connection
 * @param sender who showed them: the client or the server of TLS
 * @param frame of the Certificate message's last byte
 * @param der each certificate in DER
 */
public record CertificateList(int connection, Sender sender, int frame, List<Bytes> der) {
  public CertificateList {
    der = List.copyOf(der);
  }
}
