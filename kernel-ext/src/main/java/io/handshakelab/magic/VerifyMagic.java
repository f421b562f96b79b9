package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures.Opened;
import io.handshakelab.problem.Problem;
import io.handshakelab.table.Listings;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.SignatureMethod;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Opens the signature of a certificate with its issuer's key, step by step.")
final class VerifyMagic extends Magic {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "LINK",
      description =
          "Index in the chain of the certificate whose signature it is, all if not given; or a"
              + " message of the handshake: CertificateVerify (:client, :server) or"
              + " ServerKeyExchange.")
  private @Nullable String link;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE|FILE|HOST",
      description = "Whose certificates; those shown last if not given.")
  private @Nullable String what;

  @Option(names = "--step", paramLabel = "NAME", description = "Only this step, in full.")
  private @Nullable String step;

  @Option(
      names = "--method",
      paramLabel = "naive|strict",
      description =
          "How RSA PKCS#1 v1.5 is read: cut behind the prefix and compare, or make the whole number"
              + " anew (RFC 8017 §8.2.2). Both side by side if not given.")
  private @Nullable String method;

  @Mixin private TrustArgument trust = new TrustArgument();
  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    String message = MessageSignatures.word(link);
    if (message != null) {
      return message(message);
    }
    SignatureMethod reading = method();
    boolean numbered = link != null && link.matches("\\d{1,6}");
    if (link != null && !numbered && what != null) {
      throw new Problem(
          "there is no link " + link, "a link is the index of a certificate in the chain, from 0");
    }
    Certificates certificates = Certificates.of(session(), numbered ? what : source(), trust, how);
    CertificateChain chain = certificates.chain(shape.connection()).chain();
    List<SignatureWalk> walks = chain.walks(reading);
    if (numbered && link != null) {
      walks = List.of(walk(walks, Integer.parseInt(link)));
    }
    if (walks.isEmpty()) {
      throw new Problem(
          "there is no signature that could be opened: no issuer is known",
          "give the issuer's certificate with --trust");
    }
    session().standAt(chain, number(walks.get(0)));
    Answer answer = answer(walks).with(certificates.problem());
    return trust.notices().isEmpty() ? answer : answer.with(trust.notices());
  }

  /** A signature in the handshake, which is not on a certificate but made with the key of one. */
  private Answer message(String word) {
    Analysis analysis = how.in(session(), what);
    List<Opened> opened = MessageSignatures.of(analysis, word, shape.connection());
    session().standAt(opened.get(0));
    return answer(opened.stream().map(Opened::walk).toList());
  }

  private Answer answer(List<SignatureWalk> walks) {
    boolean valid = walks.stream().allMatch(SignatureWalk::valid);
    String name = step;
    if (name == null) {
      return shape.answer(session(), Listings.verify(walks)).negativeIf(!valid);
    }
    SignatureWalk first = walks.get(0);
    SignatureStep found = first.step(name);
    boolean bad = Boolean.FALSE.equals(found.ok());
    if (!session().isShell() && !shape.isFormatted()) {
      return Answer.of(found).negativeIf(bad);
    }
    SignatureWalk one = new SignatureWalk(first.link(), List.of(found));
    return shape.answer(session(), Listings.verify(List.of(one))).negativeIf(bad);
  }

  private SignatureMethod method() {
    if (method == null) {
      return SignatureMethod.BOTH;
    }
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "naive" -> SignatureMethod.NAIVE;
      case "strict" -> SignatureMethod.STRICT;
      case "both" -> SignatureMethod.BOTH;
      default -> throw new Problem("there is no method " + method, "Give naive, strict or both.");
    };
  }

  private static int number(SignatureWalk walk) {
    return Integer.parseInt(walk.link());
  }

  private @Nullable String source() {
    return link == null ? what : link;
  }

  private static SignatureWalk walk(List<SignatureWalk> walks, int number) {
    return walks.stream()
        .filter(walk -> number(walk) == number)
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    "the chain has no link " + number,
                    walks.isEmpty()
                        ? "no issuer is known in it"
                        : "its links are 0 to " + walks.get(walks.size() - 1).link()));
  }
}
