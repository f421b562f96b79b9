package io.handshakelab.magic;

import io.handshakelab.lab.ClientCertificate;
import java.util.Iterator;

/** The words for a client's certificate. */
final class ClientCertificateNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return ClientCertificate.WORDS.iterator();
  }
}
