package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signature of one certificate, opened step by step with its issuer's key.
 *
 * @param number of the link: the index of the subject in its chain
 * @param subject whose signature is opened; not escaped for display
 * @param issuer whose key opens it; not escaped for display
 * @param algorithm of the signature, such as {@code sha256WithRSAEncryption}
 */
public record SignatureWalk(
    int number, String subject, String issuer, String algorithm, List<SignatureStep> steps) {
  private static final List<SignatureFamily> FAMILIES = List.of(new RsaPkcs1(), new LibraryOnly());

  public SignatureWalk {
    steps = List.copyOf(steps);
  }

  /**
   * The walk over one link, whatever the bytes are.
   *
   * @param subjectDer whose signature is opened
   * @param issuerDer whose key opens it; the same for a root
   * @param linkIndex the index of the subject in its chain
   */
  public static SignatureWalk of(Bytes subjectDer, Bytes issuerDer, int linkIndex) {
    StepList steps = new StepList();
    ParsedCertificate issuer;
    ParsedCertificate subject;
    try {
      issuer = ParsedCertificate.parse(issuerDer);
    } catch (Malformed e) {
      steps.decide("issuer", SignatureScript.ISSUER, e.toString(), false);
      return new SignatureWalk(linkIndex, "", "", "", steps.steps());
    }
    try {
      subject = ParsedCertificate.parse(subjectDer);
    } catch (Malformed e) {
      steps.add("issuer", SignatureScript.ISSUER, issuer.subject());
      steps.decide("subject", SignatureScript.SUBJECT, e.toString(), false);
      return new SignatureWalk(linkIndex, "", issuer.subject(), "", steps.steps());
    }
    return of(subject, issuer, linkIndex);
  }

  static SignatureWalk of(ParsedCertificate subject, ParsedCertificate issuer, int linkIndex) {
    StepList steps = new StepList();
    for (SignatureFamily family : FAMILIES) {
      if (family.opens(subject)) {
        family.walk(subject, issuer, steps);
        break;
      }
    }
    return new SignatureWalk(
        linkIndex,
        subject.subject(),
        issuer.subject(),
        subject.signatureAlgorithm(),
        steps.steps());
  }

  /** The number of the link, as the command takes it. */
  public String link() {
    return Integer.toString(number);
  }

  /** Whether every step that decides something came out true, and at least one did. */
  public boolean valid() {
    List<Boolean> decided =
        steps.stream().map(SignatureStep::ok).flatMap(Stream::ofNullable).toList();
    return !decided.isEmpty() && !decided.contains(false);
  }

  /**
   * The step of that name.
   *
   * @throws Problem if this walk has no such step
   */
  public SignatureStep step(String name) {
    return steps.stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    "link " + number + " has no step called " + name,
                    "Its steps are "
                        + steps.stream().map(SignatureStep::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /** The whole Python script that the steps mirror, for the hash function of this link. */
  public String script() {
    return SignatureScript.text(DigestInfo.of(algorithm).orElse(DigestInfo.SHA256));
  }
}
