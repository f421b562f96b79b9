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

  @Option(names = "--client-auth", description = "Insists on a certificate of the client.")
  private boolean clientAuth;

  @Option(
      names = "--client-pem",
      paramLabel = "FILE",
      description = "Writes a client's certificate and key there, for curl --cert.")
  private @Nullable Path clientPem;

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      completionCandidates = FaultNames.class,
      description = "What is to be wrong with the certificates; \"list\" names all faults.")
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
    if ("list".equals(fault)) {
      return Answer.of(new Text(FaultNames.text()));
    }
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
    FaultNames.require(fault, session());
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
    StringBuilder text = new StringBuilder(lab.status());
    if (root != null) {
      write(root, "the root certificate", Pem.of(lab.trustRoot()));
      text.append("\nroot   ").append(root);
    }
    if (clientPem != null) {
      write(clientPem, "the client's certificate", lab.authority().client("Alice").pem());
      text.append("\nclient ").append(clientPem);
    }
    return Answer.of(new Text(text.toString()));
  }

  private static void write(Path file, String what, String pem) {
    try {
      Files.writeString(file, pem, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new Problem(
          what + " cannot be written to " + file,
          "choose a place you may write to; the lab runs",
          e);
    }
  }
}
