package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signature of one certificate, opened step by step with its issuer's key.
 *
 * @param link the number of the link, as the command takes it: the subject's index in its chain
 */
public record SignatureWalk(String link, List<SignatureStep> steps) {
  /** Steps that the script has inside of another line. */
  private static final Set<String> INNER = Set.of("power", "tbs", "hash");

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
      return walk(linkIndex, steps);
    }
    try {
      subject = ParsedCertificate.parse(subjectDer);
    } catch (Malformed e) {
      steps.add("issuer", SignatureScript.ISSUER, issuer.subject());
      steps.decide("subject", SignatureScript.SUBJECT, e.toString(), false);
      return walk(linkIndex, steps);
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
    return walk(linkIndex, steps);
  }

  private static SignatureWalk walk(int linkIndex, StepList steps) {
    return new SignatureWalk(Integer.toString(linkIndex), steps.steps());
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
                    "link " + link + " has no step called " + name,
                    "Its steps are "
                        + steps.stream().map(SignatureStep::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * The whole Python script that the steps mirror. It reads {@code issuer.pem} and {@code
   * subject.pem} and prints what step {@code equal} says.
   */
  public String script() {
    return Stream.concat(
            SignatureScript.IMPORTS.stream(),
            steps.stream().filter(step -> !INNER.contains(step.name())).map(SignatureStep::python))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
