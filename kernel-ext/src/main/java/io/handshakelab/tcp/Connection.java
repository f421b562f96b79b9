package io.handshakelab.tcp;

import io.handshakelab.packet.Endpoint;

/**
 * One TCP connection.
 *
 * @param number from 0 in order of first appearance
 * @param client the end that opened it
 * @param server the end that was waiting
 * @param openingSeen whether the SYN is in the capture; if not, which end is the client is a guess
 * @param fromClient what the client sent
 * @param fromServer what the server sent
 */
public record Connection(
    int number,
    Endpoint client,
    Endpoint server,
    boolean openingSeen,
    StreamView fromClient,
    StreamView fromServer) {

  public StreamView from(Sender sender) {
    return sender == Sender.CLIENT ? fromClient : fromServer;
  }
}
