package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.https.TlsChoice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the ends of a simulated HTTPS visit speak TLS. */
final class VirtualTls {
  @Option(names = "--tls", paramLabel = "VERSION", description = "https: 1.2 (default) or 1.3.")
  private @Nullable String version;

  @Option(names = "--cipher", paramLabel = "SUITE", description = "https: the cipher suite.")
  private @Nullable String cipher;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "https: the named group (default: secp256r1).")
  private @Nullable String group;

  @Option(names = "--client-auth", description = "https: with a certificate of the client.")
  private boolean clientAuth;

  @Option(
      names = "--resume",
      description = "https: then a second visit, with the ticket of the first (TLS 1.2).")
  private boolean resume;

  TlsChoice choice() {
    String suite = cipher;
    if (suite != null) {
      List<String> known = TlsChoice.suiteNames();
      String wanted = suite.toUpperCase(Locale.ROOT);
      if (!known.contains(wanted)) {
        throw new Problem(
            "the simulated ends have no cipher suite " + suite,
            Suggest.nearest(wanted, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("they have most of those with RSA, DHE_RSA, ECDHE_RSA and ECDHE_ECDSA"));
      }
    }
    return TlsChoice.of(version, suite, group, clientAuth);
  }

  boolean resumes() {
    return resume;
  }

  /** The first of these options that was given; null if none was. */
  @Nullable String given() {
    return version != null
        ? "--tls"
        : cipher != null
            ? "--cipher"
            : group != null ? "--group" : clientAuth ? "--client-auth" : resume ? "--resume" : null;
  }
}
