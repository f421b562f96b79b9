package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signature of one certificate, opened step by step with its issuer's key, and a library's
 * verdict beside it.
 *
 * @param link the number of the link, as the command takes it: the subject's index in its chain
 */
public record SignatureWalk(String link, List<SignatureStep> steps) {
  private static final SignatureFamily LIBRARY_ONLY = new LibraryOnly();
  private static final SignatureFamily ML_DSA = new MlDsa();
  private static final List<SignatureFamily> FAMILIES =
      List.of(new RsaPss(), new Ecdsa(), new EdDsa(), new Dsa(), ML_DSA);

  public SignatureWalk {
    steps = List.copyOf(steps);
  }

  /** Both readings where there are two. */
  public static SignatureWalk of(Bytes subjectDer, Bytes issuerDer, int linkIndex) {
    return of(subjectDer, issuerDer, linkIndex, SignatureMethod.BOTH);
  }

  /**
   * The walk over one link, whatever the bytes are.
   *
   * @param subjectDer whose signature is opened
   * @param issuerDer whose key opens it; the same for a root
   * @param linkIndex the index of the subject in its chain
   * @param method how RSA PKCS#1 v1.5 is read
   */
  public static SignatureWalk of(
      Bytes subjectDer, Bytes issuerDer, int linkIndex, SignatureMethod method) {
    StepList steps = new StepList();
    ParsedCertificate issuer;
    ParsedCertificate subject;
    try {
      issuer = ParsedCertificate.parse(issuerDer);
    } catch (Malformed e) {
      steps.decide("issuer", SignatureScript.ISSUER, "RFC 5280 §4.1", e.toString(), false);
      return walk(linkIndex, steps);
    }
    try {
      subject = ParsedCertificate.parse(subjectDer);
    } catch (Malformed e) {
      steps.add("issuer", SignatureScript.ISSUER, "RFC 5280 §4.1", issuer.subject());
      steps.decide("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", e.toString(), false);
      return walk(linkIndex, steps);
    }
    return of(subject, issuer, linkIndex, method);
  }

  static SignatureWalk of(
      ParsedCertificate subject, ParsedCertificate issuer, int linkIndex, SignatureMethod method) {
    Signed signed = Signed.of(subject, issuer);
    StepList steps = new StepList();
    SignatureFamily family = family(signed, method);
    open(signed, family, steps);
    if (family == LIBRARY_ONLY || family == ML_DSA) {
      LibraryStep.only(subject, issuer, steps);
    } else if (!(family instanceof RsaPkcs1) || method != SignatureMethod.NAIVE) {
      LibraryStep.beside(subject, issuer, steps);
    }
    if (method != SignatureMethod.NAIVE) {
      HashStrength.add(signed, steps);
    }
    return walk(linkIndex, steps);
  }

  /** For a link that is not opened, since those before it have cost enough. */
  static SignatureWalk tooMuch(ParsedCertificate subject, ParsedCertificate issuer, int linkIndex) {
    StepList steps = new StepList();
    steps.add("issuer", SignatureScript.ISSUER, "RFC 5280 §4.1", issuer.subject());
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", subject.subject());
    String why = "not opened: the keys of this chain are too large for all of it";
    steps.add("equal", SignatureScript.LIBRARY, "", why);
    return walk(linkIndex, steps);
  }

  /** The steps without a library, for a message that is no certificate. */
  static SignatureWalk of(Signed signed, SignatureMethod method) {
    StepList steps = new StepList();
    SignatureFamily old = new RsaMd5Sha1();
    boolean before12 = old.opens(signed.algorithm().getAlgorithm());
    open(signed, before12 ? old : family(signed, method), steps);
    return walk(0, steps);
  }

  private static SignatureFamily family(Signed signed, SignatureMethod method) {
    RsaPkcs1 pkcs1 = new RsaPkcs1(method);
    return Stream.concat(Stream.of(pkcs1), FAMILIES.stream())
        .filter(family -> family.opens(signed.algorithm().getAlgorithm()))
        .findFirst()
        .orElse(LIBRARY_ONLY);
  }

  private static void open(Signed signed, SignatureFamily family, StepList steps) {
    steps.add("issuer", SignatureScript.ISSUER, "RFC 5280 §4.1", signed.issuer());
    try {
      family.walk(signed, steps);
    } catch (UnusableKey e) {
      List<String> names = steps.steps().stream().map(SignatureStep::name).toList();
      if (!names.contains("key")) {
        String key = AlgorithmText.key(signed.key());
        steps.add("key", "issuer.public_key()", "RFC 5280 §4.1.2.7", key);
      }
      if (!names.contains("subject")) {
        steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
      }
      String why = "False: the issuer's key cannot be used: " + e.getMessage();
      steps.decide("equal", SignatureScript.LIBRARY, "", why, false);
    }
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
   * subject.pem} and prints what each step says that decides something. Steps that it has inside of
   * a later line are not repeated.
   */
  public String script() {
    List<String> lines = new ArrayList<>(SignatureScript.IMPORTS);
    for (SignatureStep step : steps) {
      boolean inner =
          steps.stream()
              .anyMatch(
                  later ->
                      later.number() > step.number() && later.python().contains(step.python()));
      if (!inner) {
        lines.add(step.python());
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
