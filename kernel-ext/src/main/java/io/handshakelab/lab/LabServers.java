package io.handshakelab.lab;

/** A stub. */
public final class LabServers {
  private LabServers() {}
}
