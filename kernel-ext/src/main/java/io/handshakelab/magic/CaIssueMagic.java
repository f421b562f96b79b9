package io.handshakelab.magic;

import io.handshakelab.lab.ca.CaFolder;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.lab.ca.KeyKind;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.lab.ca.Order;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "issue",
    description = "Makes a key and certifies it: an end user's, or an authority's.")
final class CaIssueMagic extends Magic {
  @Parameters(paramLabel = "NAME", description = "The common name, such as www.lab.test.")
  private String name = "";

  @Option(
      names = "--by",
      paramLabel = "ISSUER",
      description =
          "Who signs (default: the first intermediate, for authorities the root); "
              + CertificateAuthority.SELF
              + " for a new root.")
  private @Nullable String issuer;

  @Option(
      names = "--key",
      paramLabel = "KIND",
      description = "rsa2048, rsa3072, rsa4096, ec256 (default), ec384, ec521 or ed25519.")
  private String key = "ec256";

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "For how long (default: 90; authorities 1825, roots 3650).")
  private @Nullable Integer days;

  @Option(
      names = "--san",
      paramLabel = "NAME,…",
      split = ",",
      description = "More names: host names, addresses, mail addresses, URIs.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--ca", description = "May sign certificates itself.")
  private boolean authority;

  @Option(names = "--client", description = "For a client, and not for a server.")
  private boolean client;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes the certificate, those above it but the root, and the private key.")
  private @Nullable Path out;

  @Mixin private AuthorityPlace place = new AuthorityPlace();

  @Override
  Answer run() {
    CertificateAuthority own = place.open(session());
    if (authority && client) {
      throw missing("an authority is no client", "leave --ca or --client out");
    }
    Member issued =
        own.issue(new Order(name, issuer, KeyKind.of(key), days, names, authority, client));
    place.keep(session(), own);
    Path file = out;
    if (file != null) {
      write(issued, file);
    }
    Answer answer =
        session().isShell() ? Answer.of(new Text(words(issued, file))) : Answer.of(issued);
    return answer.with(own.news());
  }

  private String words(Member issued, @Nullable Path file) {
    String by = issued.isRoot() ? "itself" : issued.issuer();
    return issued.name()
        + ", certified by "
        + by
        + " until "
        + issued.certificate().getNotAfter().toInstant()
        + "\nserial "
        + issued.serial()
        + "\nkept"
        + place.words()
        + (file == null ? "" : ", and with its private key in " + file);
  }

  private static void write(Member issued, Path file) {
    try {
      CaFolder.writeSecret(file, issued.bundle());
    } catch (IOException e) {
      throw new Problem(
          "the certificate cannot be written to " + file,
          "choose a place you may write to; it is issued all the same",
          e);
    }
  }
}
