package io.handshakelab.magic;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.CaTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "The tree of who certified whom; and whom a leaked key takes down.")
final class CaMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "CAPTURE|FILE|HOST",
      description = "Whose certificates; the lab's if it runs and none are named.")
  private @Nullable String what;

  @Option(
      names = "--compromise",
      paramLabel = "NAME",
      description = "Whose private key has leaked: a common name, in quotes if it has spaces.")
  private @Nullable String name;

  @Override
  Answer run() throws InterruptedException {
    CaTree tree = CaTree.of(certificates());
    Set<Integer> lost = new HashSet<>();
    String who = name;
    if (who != null) {
      tree.compromise(who).lost().forEach(node -> lost.add(node.index()));
    }
    StringBuilder text = new StringBuilder();
    for (CaTree.Node node : tree.nodes()) {
      String line = "  ".repeat(Math.min(node.depth(), 40)) + node.name();
      text.append(String.format("%-48s %-13s", line, node.category().label()));
      if (who != null) {
        text.append(lost.contains(node.index()) ? " not to be believed" : " still good");
      }
      text.append('\n');
    }
    if (who != null) {
      text.append(
          String.format(
              "%nthe key of %s has leaked: %d of %d can no longer be believed",
              who, lost.size(), tree.nodes().size()));
    }
    return Answer.of(new Text(text.toString().stripTrailing())).with(tree.findings());
  }

  private List<Bytes> certificates() throws InterruptedException {
    if (what == null && (session().lab() != null || !session().hasCapture())) {
      return session().startedLab().authority().chainDer();
    }
    return Certificates.of(session(), what, null).all();
  }
}
