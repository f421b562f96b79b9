package io.handshakelab.tls;

import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.message.Certificate;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.CompressedCertificate;
import io.handshakelab.tls.message.Finished;
import io.handshakelab.tls.message.KeyUpdate;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.Tls13Protection;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets handshake messages have their effect on keys and lists. */
final class MessageEffects {
  private final Direction client;
  private final Direction server;
  private final Handshake handshake;
  private final List<CertificateList> certificates = new ArrayList<>();
  private @Nullable Row serverHelloRow;

  MessageEffects(Direction client, Direction server, Handshake handshake) {
    this.client = client;
    this.server = server;
    this.handshake = handshake;
  }

  List<CertificateList> certificates() {
    return certificates;
  }

  void of(Direction from, Row row, Message message) {
    if (message instanceof ClientHello) {
      client.beginFlight();
      server.beginFlight();
    } else if (message instanceof ServerHello hello) {
      serverHelloRow = row;
      if (server.isFlightOver()) {
        // The ClientHello of a renegotiation was not seen.
        handshake.missedSomething();
      }
      if (handshake.isTls13() && !hello.isHelloRetryRequest()) {
        enter(server, Epoch.HANDSHAKE);
        if (client.epoch() != Epoch.EARLY || client.protection() == null) {
          enter(client, Epoch.HANDSHAKE);
        }
      }
    } else if (message instanceof Certificate shown) {
      remember(from, row, shown);
    } else if (message instanceof CompressedCertificate compressed
        && compressed.certificate() != null) {
      remember(from, row, compressed.certificate());
    } else if (message instanceof Finished) {
      from.finishFlight();
      if (handshake.isTls13()) {
        enter(from, Epoch.APPLICATION);
      }
    } else if (message instanceof KeyUpdate
        && from.protection() instanceof Tls13Protection present) {
      from.secure(Epoch.APPLICATION, present.updated());
    } else if (row.bytes().u8(0) == HandshakeType.END_OF_EARLY_DATA) {
      enter(from, Epoch.HANDSHAKE);
    }
  }

  /** Up to TLS 1.2, with the ChangeCipherSpec of this end. */
  void ofCipherChange(Direction from) {
    if (from.role() == Sender.SERVER && handshake.resumedByTicket() && serverHelloRow != null) {
      serverHelloRow.add(", resumed session");
    }
    from.secure(handshake.tls12Protection(from.role()));
  }

  private void enter(Direction direction, Epoch epoch) {
    Epoch present = direction.epoch();
    if (present == null || epoch.compareTo(present) > 0) {
      direction.secure(epoch, handshake.tls13Protection(direction.role(), epoch));
    }
  }

  private void remember(Direction from, Row row, Certificate shown) {
    if (!shown.der().isEmpty()) {
      certificates.add(
          new CertificateList(from.view().connection(), from.role(), row.frame(), shown.der()));
    }
  }
}
