package io.handshakelab.lab.ca;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Roots, those below them, and what they have issued and revoked, with all their keys: to learn
 * with, and not for more.
 */
public final class CertificateAuthority {
  /** In place of an issuer's name: the certificate signs itself. */
  public static final String SELF = "self";

  private static final String FIRST_ROOT = "My Root CA";
  private static final String FIRST_INTERMEDIATE = "My Intermediate CA";
  private static final Duration GRACE = Duration.ofHours(1);
  private static final int ROOT_DAYS = 3650;
  private static final int INTERMEDIATE_DAYS = 1825;
  private static final int END_USER_DAYS = 90;

  private final Clock clock;
  private final List<Member> members = new ArrayList<>();
  private final Map<Member, Withdrawal> revocations = new HashMap<>();
  private final List<String> news = new ArrayList<>();

  private CertificateAuthority(Clock clock) {
    this.clock = clock;
  }

  /** One that has nobody yet. */
  public static CertificateAuthority empty(Clock clock) {
    return new CertificateAuthority(clock);
  }

  /** One that has these already, none of them revoked. */
  public static CertificateAuthority of(Clock clock, List<Member> members) {
    CertificateAuthority authority = empty(clock);
    authority.members.addAll(members);
    return authority;
  }

  /** One that has these already. */
  static CertificateAuthority of(Clock clock, Map<Member, @Nullable Withdrawal> members) {
    CertificateAuthority authority = empty(clock);
    members.forEach(
        (member, revocation) -> {
          authority.members.add(member);
          if (revocation != null) {
            authority.revocations.put(member, revocation);
          }
        });
    return authority;
  }

  /** A root, three authorities below it, and seven end users, to try things with. */
  public static CertificateAuthority demo(Clock clock) {
    CertificateAuthority demo = empty(clock);
    String root = "Demo Root CA";
    demo.issue(Order.authority(root, SELF, KeyKind.EC256));
    demo.issue(Order.authority("Demo Web CA", root, KeyKind.EC256));
    for (String name : List.of("www.demo.test", "shop.demo.test", "api.demo.test")) {
      demo.issue(Order.server(name, "Demo Web CA", KeyKind.EC256));
    }
    demo.issue(Order.authority("Demo Mail CA", root, KeyKind.EC256));
    for (String name : List.of("mail.demo.test", "imap.demo.test")) {
      demo.issue(Order.server(name, "Demo Mail CA", KeyKind.EC256));
    }
    demo.issue(Order.authority("Demo People CA", root, KeyKind.EC256));
    for (String name : List.of("anna@demo.test", "boris@demo.test")) {
      demo.issue(Order.client(name, "Demo People CA", KeyKind.EC256));
    }
    demo.news();
    return demo;
  }

  /** All that were issued, the roots too, in that order. */
  public synchronized List<Member> members() {
    return List.copyOf(members);
  }

  /** Their certificates. */
  public List<Bytes> ders() {
    return members.stream().map(Member::der).toList();
  }

  /** Those that were withdrawn, and why. */
  public synchronized Map<Bytes, String> revoked() {
    return revocations.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().der(), e -> e.getValue().reason().word()));
  }

  /** The same, by certificate. */
  public synchronized Map<X509Certificate, Withdrawal> withdrawn() {
    return revocations.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().certificate(), Map.Entry::getValue));
  }

  /** Takes in what was issued elsewhere, in the name of one of the members. */
  public synchronized void add(Member issued) {
    members.add(issued);
  }

  /** Whether anybody has this common name or serial number. */
  public synchronized boolean knows(String nameOrSerial) {
    return !find(nameOrSerial).isEmpty();
  }

  synchronized @Nullable Withdrawal revocation(Member member) {
    return revocations.get(member);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** What a person should know about what was just done, each in one line. */
  public synchronized List<String> news() {
    List<String> told = List.copyOf(news);
    news.clear();
    return told;
  }

  /**
   * Makes a key and certifies it. Where there is nobody to sign yet, a root and an intermediate are
   * made first.
   *
   * @throws Problem if the issuer is not there, or must not sign this
   */
  public synchronized Member issue(Order order) {
    boolean own = order.authority() && (SELF.equals(order.issuer()) || members.isEmpty());
    if (SELF.equals(order.issuer()) && !order.authority()) {
      throw new Problem(
          "only an authority signs itself here", "leave --by out, or add --ca to make a root");
    }
    if (order.authority() && find(order.name()).stream().anyMatch(Member::isAuthority)) {
      throw new Problem(
          "there is an authority called " + order.name() + " already", "take another name");
    }
    if (members.isEmpty() && !own) {
      if (order.issuer() != null) {
        throw nobody(order.issuer());
      }
      issue(Order.authority(FIRST_ROOT, SELF, KeyKind.EC256));
      issue(Order.authority(FIRST_INTERMEDIATE, FIRST_ROOT, KeyKind.EC256));
      news.add(
          "there was nobody to sign: "
              + FIRST_ROOT
              + " and "
              + FIRST_INTERMEDIATE
              + " were made first");
    }
    return own ? root(order) : below(order, issuer(order));
  }

  private Member root(Order order) {
    KeyPair key = order.kind().generate();
    Instant from = now().minus(GRACE);
    X509Certificate certificate =
        CertificateWriter.write(
            order,
            key.getPublic(),
            null,
            key.getPrivate(),
            from,
            from.plus(Duration.ofDays(days(order, ROOT_DAYS))));
    return keep(new Member(order.name(), certificate, key.getPrivate(), List.of()));
  }

  private Member below(Order order, Member issuer) {
    PrivateKey signingKey = Objects.requireNonNull(issuer.key(), "checked when it was chosen");
    KeyPair key = order.kind().generate();
    Instant from = now().minus(GRACE);
    int usual = order.authority() ? INTERMEDIATE_DAYS : END_USER_DAYS;
    Instant to = from.plus(Duration.ofDays(days(order, usual)));
    Instant end = issuer.certificate().getNotAfter().toInstant();
    if (to.isAfter(end)) {
      news.add(
          order.name() + " ends when its issuer does, on " + end.truncatedTo(ChronoUnit.SECONDS));
      to = end;
    }
    X509Certificate certificate =
        CertificateWriter.write(order, key.getPublic(), issuer.certificate(), signingKey, from, to);
    List<X509Certificate> above = new ArrayList<>();
    above.add(issuer.certificate());
    above.addAll(issuer.above());
    return keep(new Member(order.name(), certificate, key.getPrivate(), above));
  }

  private static int days(Order order, int usual) {
    Integer asked = order.days();
    return asked == null ? usual : asked;
  }

  private Member keep(Member member) {
    members.add(member);
    return member;
  }

  /**
   * Who signs it: whoever was named, else an intermediate for end users, a root for authorities.
   */
  private Member issuer(Order order) {
    String wanted = order.issuer();
    if (wanted == null) {
      Predicate<Member> able = m -> whyNot(m, order) == null;
      return members.stream()
          .filter(able.and(m -> m.isRoot() == order.authority()))
          .findFirst()
          .or(() -> members.stream().filter(able).findFirst())
          .orElseThrow(
              () ->
                  new Problem(
                      "there is no authority left that could sign",
                      "make one: issue NAME --ca --by self"));
    }
    List<Member> found = find(wanted);
    if (found.isEmpty()) {
      throw nobody(wanted);
    }
    Member issuer = found.stream().filter(Member::isAuthority).findFirst().orElse(found.get(0));
    String why = whyNot(issuer, order);
    if (why != null) {
      throw new Problem(issuer.name() + " cannot sign it: " + why, "name another with --by");
    }
    return issuer;
  }

  /** Why this one must not sign; null if it may. */
  private @Nullable String whyNot(Member issuer, Order order) {
    X509Certificate certificate = issuer.certificate();
    if (!issuer.isAuthority()) {
      return "it is no certification authority (RFC 5280 §4.2.1.9)";
    }
    if (issuer.key() == null) {
      return "its private key is not here";
    }
    if (isRevoked(issuer)) {
      return "it, or one above it, is revoked";
    }
    if (now().isAfter(certificate.getNotAfter().toInstant())) {
      return "it has expired";
    }
    if (order.authority() && certificate.getBasicConstraints() == 0) {
      return "there may be no authority below it (path length 0)";
    }
    return null;
  }

  private boolean isRevoked(Member member) {
    return revocations.keySet().stream()
        .anyMatch(
            revoked -> revoked.equals(member) || member.above().contains(revoked.certificate()));
  }

  private Problem nobody(String name) {
    String names =
        members.stream()
            .filter(Member::isAuthority)
            .map(Member::name)
            .collect(Collectors.joining(", "));
    return new Problem(
        "there is no authority called " + name,
        names.isEmpty() ? "make a root first: issue NAME --ca" : "there are: " + names);
  }

  private List<Member> find(String nameOrSerial) {
    String serial = nameOrSerial.replace(":", "");
    return members.stream()
        .filter(m -> m.name().equalsIgnoreCase(nameOrSerial) || m.serial().equalsIgnoreCase(serial))
        .toList();
  }

  /**
   * Withdraws a certificate: it goes on its issuer's list.
   *
   * @param nameOrSerial a common name if only one has it, else a serial number
   * @throws Problem if that is not possible
   */
  public synchronized Member revoke(String nameOrSerial, Reason reason) {
    List<Member> found = find(nameOrSerial);
    List<Member> left = found.stream().filter(m -> !revocations.containsKey(m)).toList();
    if (found.isEmpty()) {
      throw new Problem(
          "nobody here is called " + nameOrSerial,
          members.isEmpty()
              ? "nothing was issued yet"
              : "there are: "
                  + members.stream()
                      .map(Member::name)
                      .distinct()
                      .limit(20)
                      .collect(Collectors.joining(", ")));
    }
    if (left.isEmpty()) {
      Withdrawal earlier = Objects.requireNonNull(revocations.get(found.get(0)));
      throw new Problem(
          nameOrSerial + " was revoked already, at " + earlier.when(), "once is enough");
    }
    if (left.size() > 1) {
      throw new Problem(
          left.size() + " certificates are called " + nameOrSerial,
          "give a serial number: "
              + left.stream().map(Member::serial).collect(Collectors.joining(", ")));
    }
    Member member = left.get(0);
    if (member.isRoot()) {
      throw new Problem(
          "a root cannot be revoked: nobody stands above it whose list could name it",
          "it must be taken out of every trust store; see ca --compromise");
    }
    if (issuerOf(member).key() == null) {
      throw new Problem(
          "the private key of its issuer is not here, so no list can be signed",
          "do it where the key is");
    }
    revocations.put(member, new Withdrawal(now(), reason));
    return member;
  }

  Member issuerOf(Member member) {
    return members.stream()
        .filter(m -> m.certificate().equals(member.above().get(0)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an issuer is kept with what it issued"));
  }

  /** The lists of all authorities, one after the other, in PEM; also those that are empty. */
  public synchronized String crls() {
    return RevocationLists.all(this).stream().map(PemText::crl).collect(Collectors.joining());
  }

  /** The same lists in DER; none as long as nothing is revoked. */
  public synchronized List<Bytes> lists() {
    return revocations.isEmpty()
        ? List.of()
        : RevocationLists.all(this).stream().map(Bytes::wrap).toList();
  }
}
