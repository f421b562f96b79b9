package io.handshakelab.magic;

import io.handshakelab.chart.Charts;
import io.handshakelab.chart.Picture;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Fate;
import io.handshakelab.x509.TrustStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = "The tree of who certified whom; and whom a leaked key takes down.",
    subcommands = {CaDemoMagic.class, CaIssueMagic.class, CaRevokeMagic.class})
final class CaMagic extends Magic {
  @Parameters(
      arity = "0..*",
      paramLabel = "CAPTURE|FILE|DIR|HOST",
      description =
          "Whose certificates, from one place or several; if none is named, those of the session's"
              + " own authority, or the lab's.")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "As DIR alone: the directory where an authority is kept.")
  private @Nullable String folder;

  @Option(
      names = "--compromise",
      paramLabel = "NAME",
      description =
          "Whose private key has leaked: a common name, in quotes if it has spaces, or a serial"
              + " number.")
  private @Nullable String name;

  @Option(
      names = "--compare",
      description = "With --compromise: the two cases as a table, instead of the picture.")
  private boolean compare;

  @Option(names = "--table", description = "The certificates as a table, instead of the picture.")
  private boolean table;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Roots in PEM, to be added where they are missing.")
  private @Nullable Path trust;

  @Mixin private PictureArgument picture = new PictureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    String who = name;
    if (compare && who == null) {
      throw missing(
          "there is nothing to compare", "say whose key has leaked: --compromise NAME --compare");
    }
    List<String> findings = new ArrayList<>();
    CaTree tree = tree(findings);
    findings.addAll(tree.findings());
    if (who == null) {
      List<Fate> fates = tree.fates();
      return answer(Listings.ca(tree, fates), Charts.ca(tree, fates)).with(findings);
    }
    CaTree.Compromise leak = tree.compromise(who);
    CaComparison comparison = CaComparison.of(tree, leak);
    Listing listing = compare ? Listings.ca(comparison) : Listings.ca(tree, leak.fates());
    return answer(listing, Charts.ca(comparison)).with(findings);
  }

  private Answer answer(Listing listing, Picture drawn) {
    return table || compare || shape.isFormatted()
        ? shape.answer(session(), listing)
        : picture.answer(session(), drawn);
  }

  private CaTree tree(List<String> findings) throws InterruptedException {
    if (folder != null) {
      where.add(folder);
    }
    CertificateAuthority own = session().authority();
    if (where.isEmpty() && own != null) {
      return CaTree.of(own.ders(), own.revoked(), TrustStore.empty());
    }
    if (where.isEmpty() && (session().lab() != null || !session().hasCapture())) {
      return CaTree.of(session().startedLab().authority().chainDer());
    }
    CertificateSources sources = new CertificateSources(session());
    if (where.isEmpty()) {
      sources.add(null);
    }
    for (String one : where) {
      sources.add(one);
    }
    findings.addAll(sources.findings());
    return CaTree.of(sources.found(), sources.revoked(), Certificates.trust(session(), trust));
  }
}
