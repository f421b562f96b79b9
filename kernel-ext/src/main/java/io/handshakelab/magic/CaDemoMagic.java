package io.handshakelab.magic;

import io.handshakelab.chart.Charts;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.problem.Problem;
import io.handshakelab.x509.CaTree;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = "Makes an authority to try things with: a root, three below it, seven end users.")
final class CaDemoMagic extends Magic {
  @Mixin private AuthorityPlace place = new AuthorityPlace();
  @Mixin private PictureArgument picture = new PictureArgument();

  @Override
  Answer run() {
    if (place.isTaken()) {
      throw new Problem("there is an authority already" + place.words(), "name another directory");
    }
    CertificateAuthority demo = CertificateAuthority.demo(Clock.systemUTC());
    place.keep(session(), demo);
    CaTree tree = CaTree.of(demo.ders());
    return picture.answer(session(), Charts.ca(tree, tree.fates()));
  }
}
