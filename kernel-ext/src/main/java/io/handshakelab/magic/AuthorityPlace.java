package io.handshakelab.magic;

import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.ca.CaFolder;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.problem.Problem;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an authority of one's own is kept: in a directory, or in the notebook's session. */
final class AuthorityPlace {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The directory where the authority is kept; made if it is not there.")
  private @Nullable Path folder;

  boolean isFolder() {
    return folder != null;
  }

  /**
   * The authority that is there; in a notebook the lab's if it runs and there is no other; one
   * without members if there is none yet.
   */
  CertificateAuthority open(Session session) {
    if (folder != null) {
      return new CaFolder(folder).load(Clock.systemUTC());
    }
    if (session.isShell()) {
      throw new Problem(
          "it is not said where the authority is kept",
          "name a directory, new or old: " + session.command("ca") + " … --dir my-ca");
    }
    CertificateAuthority known = session.authority();
    LabServers lab = session.lab();
    if (known != null) {
      return known;
    }
    return lab == null ? CertificateAuthority.empty(Clock.systemUTC()) : lab.authority().opened();
  }

  /** The same; the running lab's if this name is known only there. */
  CertificateAuthority holding(Session session, String name) {
    CertificateAuthority here = open(session);
    LabServers lab = session.lab();
    return folder == null
            && lab != null
            && !here.knows(name)
            && lab.authority().opened().knows(name)
        ? lab.authority().opened()
        : here;
  }

  void keep(Session session, CertificateAuthority authority) {
    if (folder != null) {
      new CaFolder(folder).save(authority);
    }
    if (!session.isShell()) {
      session.keep(authority);
    }
  }

  /** Such as {@code in my-ca}; empty in a notebook's session. */
  String words() {
    return folder == null ? "" : " in " + folder;
  }

  /** Whether there is something that must not be written over. */
  boolean isTaken() {
    return folder != null && new CaFolder(folder).isThere();
  }
}
