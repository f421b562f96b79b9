package io.handshakelab.lab;

import java.time.Clock;

/** Labs for tests, which share one authority: making its keys takes most of a lab's start. */
final class Labs {
  private static final LabAuthority AUTHORITY = LabAuthority.create(Clock.systemUTC());

  private Labs() {}

  static LabServers start() {
    return builder().start();
  }

  static LabServers.Builder builder() {
    return LabServers.builder().authority(AUTHORITY);
  }
}
