package io.handshakelab.x509;

import io.handshakelab.lab.LabAuthority;
import java.security.SecureRandom;
import java.time.Clock;

/** One authority for all tests: its keys take a while. */
final class SharedLab {
  static final LabAuthority AUTHORITY = LabAuthority.create(new SecureRandom(), Clock.systemUTC());

  private SharedLab() {}
}
