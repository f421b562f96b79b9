package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Certificates from the end user up to the root. */
public final class CertificateChain {
  private static final int MAX_SENT = 256;

  /** As long as a TLS handshake message can be (RFC 8446 §4). */
  private static final long MAX_BYTES = 1 << 24;

  private final List<ParsedCertificate> path;
  private final List<ParsedCertificate> others;
  private final TrustStore trust;
  private final List<ChainEntry> entries;
  private final List<ChainEntry> extras;
  private final List<String> findings;
  private final Map<SignatureMethod, List<SignatureWalk>> walks =
      new EnumMap<>(SignatureMethod.class);

  private CertificateChain(
      List<ParsedCertificate> path,
      List<ParsedCertificate> others,
      TrustStore trust,
      List<ChainEntry> entries,
      List<ChainEntry> extras,
      List<String> findings) {
    this.path = path;
    this.others = others;
    this.trust = trust;
    this.entries = List.copyOf(entries);
    this.extras = List.copyOf(extras);
    this.findings = List.copyOf(findings);
  }

  /**
   * Sorts what was sent from the end user upwards and adds the root from the trust store if it is
   * not among them. The order in which they were sent does not matter, but is remarked on.
   *
   * @param sent each in DER, in the order in which they were sent; malformed ones become a finding
   */
  public static CertificateChain of(List<Bytes> sent, TrustStore trust) {
    return of(sent, List.of(), trust);
  }

  /**
   * The same, with issuers that were found elsewhere and not sent.
   *
   * @param fetched each in DER; malformed ones become a finding
   */
  public static CertificateChain of(List<Bytes> sent, List<Bytes> fetched, TrustStore trust) {
    List<String> broken = new ArrayList<>();
    List<ParsedCertificate> parsed = parse(sent, "certificate ", broken);
    List<ParsedCertificate> candidates = new ArrayList<>(parsed);
    candidates.addAll(parse(fetched, "fetched certificate ", broken));
    ChainBuilder builder = new ChainBuilder(parsed, candidates, trust);
    List<ParsedCertificate> path = builder.build();
    List<ChainEntry> entries = new ArrayList<>();
    for (ParsedCertificate certificate : path) {
      entries.add(entry(entries.size(), certificate, parsed.contains(certificate), trust));
    }
    Set<ParsedCertificate> used = new HashSet<>(path);
    List<ParsedCertificate> others = parsed.stream().filter(c -> !used.contains(c)).toList();
    List<ChainEntry> extras = new ArrayList<>();
    for (ParsedCertificate certificate : others) {
      extras.add(entry(entries.size() + extras.size(), certificate, true, trust));
    }
    List<String> findings = ChainFindings.of(parsed, path, trust);
    findings.addAll(0, broken);
    if (builder.exhausted()) {
      findings.add("too many ways lead upwards: the search was given up, this is the best so far");
    }
    return new CertificateChain(path, others, trust, entries, extras, findings);
  }

  /** End user first, root last. */
  public List<ChainEntry> entries() {
    return entries;
  }

  /** Those that were sent but are no part of the chain. */
  public List<ChainEntry> extras() {
    return extras;
  }

  /**
   * One walk for each signature in the chain: entry {@code i} signed by entry {@code i + 1}, and a
   * root by itself; then one for each of the extras. Where an issuer is not known there is no walk.
   */
  public List<SignatureWalk> walks() {
    return walks(SignatureMethod.BOTH);
  }

  /** The same, with RSA PKCS#1 v1.5 read in one way. */
  public synchronized List<SignatureWalk> walks(SignatureMethod method) {
    List<SignatureWalk> known = walks.get(method);
    if (known == null) {
      known = walk(method);
      walks.put(method, known);
    }
    return known;
  }

  private List<SignatureWalk> walk(SignatureMethod method) {
    List<SignatureWalk> made = new ArrayList<>();
    long spent = 0;
    for (int i = 0; i < path.size() + others.size(); i++) {
      ParsedCertificate subject = i < path.size() ? path.get(i) : others.get(i - path.size());
      ParsedCertificate issuer = i + 1 < path.size() ? path.get(i + 1) : issuer(subject);
      if (issuer == null) {
        continue;
      }
      spent += KeyLimits.costMicros(issuer.publicKey());
      made.add(
          spent <= KeyLimits.BUDGET_MICROS
              ? SignatureWalk.of(subject, issuer, i, method)
              : SignatureWalk.tooMuch(subject, issuer, i));
    }
    return List.copyOf(made);
  }

  private @Nullable ParsedCertificate issuer(ParsedCertificate subject) {
    if (subject.selfIssued()) {
      return subject;
    }
    if (path.contains(subject)) {
      return null; // else the path would go on
    }
    return Stream.of(path, others, trust.bySubject(subject.issuerKey()))
        .flatMap(List::stream)
        .filter(subject::mayBeIssuedBy)
        .findFirst()
        .orElse(null);
  }

  /** What is wrong with the chain as a chain, each in one line; empty if nothing is. */
  public List<String> findings() {
    return findings;
  }

  private static List<ParsedCertificate> parse(List<Bytes> sent, String what, List<String> broken) {
    Set<ParsedCertificate> parsed = new LinkedHashSet<>();
    long bytes = 0;
    for (int i = 0; i < sent.size(); i++) {
      String number = what + (i + 1) + " of " + sent.size();
      bytes += sent.get(i).length();
      if (i >= MAX_SENT || bytes > MAX_BYTES) {
        String limit = i >= MAX_SENT ? MAX_SENT + " are" : MAX_BYTES + " bytes are";
        broken.add(number + " and all after it are left out: " + limit + " the limit");
        break;
      }
      try {
        ParsedCertificate certificate = ParsedCertificate.parse(sent.get(i));
        if (certificate.oddity() != null) {
          broken.add(number + " has " + certificate.oddity());
        }
        if (!parsed.add(certificate)) {
          broken.add(number + " was sent before");
        }
      } catch (Malformed e) {
        broken.add(number + " is malformed: " + e.getMessage());
      }
    }
    return List.copyOf(parsed);
  }

  private static ChainEntry entry(
      int index, ParsedCertificate certificate, boolean sent, TrustStore trust) {
    boolean trusted = trust.contains(certificate.bytes());
    return new ChainEntry(
        index,
        category(certificate, trusted),
        certificate.subject(),
        certificate.issuer(),
        certificate.serial(),
        certificate.notBefore(),
        certificate.notAfter(),
        certificate.key(),
        certificate.signatureAlgorithm(),
        certificate.sha256(),
        sent,
        trusted,
        certificate.bytes());
  }

  /**
   * Roots of version 1 have no basic constraints (RFC 5280 §4.1.2.1) and are roots all the same.
   */
  static Category category(ParsedCertificate certificate, boolean trusted) {
    boolean authority = certificate.ca() || (certificate.version() == 1 && trusted);
    if (!authority) {
      return Category.END_USER;
    }
    return certificate.selfSigned() ? Category.ROOT : Category.INTERMEDIATE;
  }
}
