package io.handshakelab.magic;

import io.handshakelab.lab.LabServers;
import io.handshakelab.problem.Problem;
import io.handshakelab.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description =
        "The lab on this machine: DNS, HTTP and HTTPS servers with throwaway certificates.")
final class ServeMagic extends Magic {
  /** What to do with the lab. */
  enum Action {
    START,
    STOP,
    STATUS
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "start|stop|status",
      description = "What to do (default: status).")
  private Action action = Action.STATUS;

  @Option(names = "--tls", paramLabel = "VERSION", description = "1.2 (default), 1.3 or any.")
  private String tls = "1.2";

  @Option(names = "--cipher", paramLabel = "SUITE", description = "The only cipher suite.")
  private @Nullable String cipher;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "The only named group (default: secp256r1).")
  private @Nullable String group;

  @Option(names = "--client-auth", description = "Asks for the client's certificate.")
  private boolean clientAuth;

  @Option(names = "--fault", paramLabel = "NAME", description = "What is to be wrong.")
  private @Nullable String fault;

  @Option(names = "--seed", paramLabel = "N", description = "The same keys for the same number.")
  private @Nullable Long seed;

  @Option(
      names = "--dns-port",
      paramLabel = "PORT",
      description = "UDP; any free one if not given.")
  private int dnsPort;

  @Option(names = "--http-port", paramLabel = "PORT", description = "Any free one if not given.")
  private int httpPort;

  @Option(names = "--https-port", paramLabel = "PORT", description = "Any free one if not given.")
  private int httpsPort;

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description = "Writes the root certificate there, for curl --cacert.")
  private @Nullable Path root;

  @Override
  Answer run() {
    return switch (action) {
      case START -> start();
      case STOP -> {
        session().stopLab();
        yield Answer.of(new Text("the lab is stopped"));
      }
      case STATUS -> {
        LabServers lab = session().lab();
        yield Answer.of(
            new Text(
                lab == null
                    ? "the lab does not run: " + session().command("serve") + " start"
                    : lab.status()));
      }
    };
  }

  private Answer start() {
    LabServers.Builder builder =
        LabServers.builder()
            .tls(tls)
            .cipher(cipher)
            .clientAuth(clientAuth)
            .fault(fault)
            .seed(seed)
            .dnsPort(dnsPort)
            .httpPort(httpPort)
            .httpsPort(httpsPort);
    if (group != null) {
      builder.group(group);
    }
    LabServers lab = session().startLab(builder);
    Path file = root;
    if (file == null) {
      return Answer.of(new Text(lab.status()));
    }
    try {
      Files.writeString(file, Pem.of(lab.trustRoot()), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new Problem(
          "the root certificate cannot be written to " + file,
          "choose a place you may write to; the lab runs",
          e);
    }
    return Answer.of(new Text(lab.status() + "\nroot   " + file));
  }
}
