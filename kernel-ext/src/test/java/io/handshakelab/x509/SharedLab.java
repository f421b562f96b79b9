package io.handshakelab.x509;

import io.handshakelab.lab.LabAuthority;
import java.time.Clock;

/** One authority for all tests: its keys take a while. */
final class SharedLab {
  static final LabAuthority AUTHORITY = LabAuthority.create(Clock.systemUTC());

  private SharedLab() {}
}
