package io.handshakelab.magic;

import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.lab.ca.Reason;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description = "Withdraws a certificate: it goes on its issuer's list of revoked ones (CRL).")
final class CaRevokeMagic extends Magic {
  @Parameters(
      paramLabel = "NAME|SERIAL",
      description = "Whose: a common name, or a serial number where two have the same.")
  private String name = "";

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Why, in the words of RFC 5280 (default: unspecified), such as keyCompromise.")
  private String reason = "unspecified";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes the lists of all its authorities, in PEM.")
  private @Nullable Path out;

  @Mixin private AuthorityPlace place = new AuthorityPlace();

  @Override
  Answer run() {
    CertificateAuthority own = place.holding(session(), name);
    Reason why = Reason.of(reason);
    Member revoked = own.revoke(name, why);
    LabServers lab = session().lab();
    boolean ofLab = lab != null && own == lab.authority().opened();
    if (!ofLab || session().authority() == null) {
      place.keep(session(), own);
    }
    String words =
        revoked.name()
            + " (serial "
            + revoked.serial()
            + ") is revoked: "
            + why.word()
            + "\nit stands on the list of "
            + revoked.issuer()
            + (place.isFolder() ? ", in crls.pem" + place.words() : "");
    if (lab != null && ofLab) {
      words += "\nthe lab says so from now on, and its server staples it:\n" + lab.publications();
    }
    Path file = out;
    if (file != null) {
      write(own, file);
      words += "\nthe lists are in " + file;
    }
    return Answer.of(new Text(words));
  }

  private static void write(CertificateAuthority own, Path file) {
    try {
      Files.writeString(file, own.crls(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new Problem(
          "the lists cannot be written to " + file,
          "choose a place you may write to; the certificate is revoked all the same",
          e);
    }
  }
}
