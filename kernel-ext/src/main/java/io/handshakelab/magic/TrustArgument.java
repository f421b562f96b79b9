package io.handshakelab.magic;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.LabServers;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PemFile;
import io.handshakelab.x509.TrustStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a chain may end at, and whether a missing issuer is fetched. */
final class TrustArgument {
  @Option(
      names = "--trust",
      paramLabel = "jdk|system|FILE",
      description =
          "Whose roots are believed: Java's (if nothing is said), the operating system's, or Java's"
              + " and those of a file in PEM. The lab's own are believed while it runs.")
  @Nullable String trust;

  @Option(
      names = "--fetch",
      description =
          "Fetches a missing issuer from where the certificate says it is (AIA, RFC 5280"
              + " §4.2.2.1), over HTTP. Nothing is fetched otherwise.")
  private boolean fetch;

  private final List<String> notices = new ArrayList<>();

  boolean given() {
    return trust != null || fetch;
  }

  TrustStore store(Session session) {
    return store(session, trust);
  }

  static TrustStore store(Session session, @Nullable String which) {
    boolean system = which != null && which.toLowerCase(Locale.ROOT).equals("system");
    boolean jdk = which == null || which.toLowerCase(Locale.ROOT).equals("jdk");
    TrustStore trust = system ? TrustStore.system() : TrustStore.jdk();
    LabServers lab = session.lab();
    if (lab != null) {
      trust = trust.plus(List.of(lab.trustRoot()));
    }
    return system || jdk ? trust : trust.plus(PemFile.read(Path.of(which)));
  }

  CertificateChain chain(List<Bytes> sent, TrustStore store) {
    return fetch ? IssuerFetch.complete(sent, store, notices) : CertificateChain.of(sent, store);
  }

  /** What was fetched, and what could not be. */
  List<String> notices() {
    return notices;
  }
}
