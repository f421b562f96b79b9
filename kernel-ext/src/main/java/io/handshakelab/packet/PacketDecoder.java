package io.handshakelab.packet;

/** A stub: the owner of this package replaces it. */
public final class PacketDecoder {}
