package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.lab.ca.Member;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certification authority to throw away: root, intermediate and what they issue, RSA 2048 with
 * SHA-256. Private keys are only ever in memory.
 *
 * <p>A source of randomness may be given at the start: one that repeats itself (such as a seeded
 * {@code SHA1PRNG}) gives the same keys and, at the same time, the same certificates, if they are
 * asked for in the same order.
 */
public final class LabAuthority {
  public static final String ROOT_NAME = "Handshake Lab Root CA";
  public static final String INTERMEDIATE_NAME = "Handshake Lab Intermediate CA";

  /** What a server is called if nothing else is asked for. */
  public static final List<String> SERVER_NAMES =
      List.of("www.lab.test", "lab.test", "127.0.0.1", "::1");

  private static final Duration ROOT_LIFE = Duration.ofDays(3650);
  private static final Duration INTERMEDIATE_LIFE = Duration.ofDays(1825);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);
  private static final Duration GRACE = Duration.ofHours(1);

  private final @Nullable SecureRandom repeatable;
  private final SecureRandom random;
  private final Clock clock;
  private final KeyPair rootKey;
  private final KeyPair intermediateKey;
  private final X509Certificate root;
  private final X509Certificate intermediate;
  private final Issued server;
  private Issued serving;
  private final List<KeyPair> spare = new ArrayList<>();
  private @Nullable KeyPair weak;
  private @Nullable CertificateAuthority opened;

  private LabAuthority(List<KeyPair> keys, @Nullable SecureRandom repeatable, Clock clock) {
    this.repeatable = repeatable;
    this.random = repeatable == null ? new SecureRandom() : repeatable;
    this.clock = clock;
    this.rootKey = keys.get(0);
    this.intermediateKey = keys.get(1);
    this.root =
        maker(ROOT_NAME, rootKey, ROOT_NAME, ROOT_LIFE)
            .authority()
            .signedBy(rootKey.getPublic(), rootKey.getPrivate());
    this.intermediate =
        maker(INTERMEDIATE_NAME, intermediateKey, ROOT_NAME, INTERMEDIATE_LIFE)
            .authority(0)
            .signedBy(rootKey.getPublic(), rootKey.getPrivate());
    this.server = server(keys.get(2), SERVER_NAMES.toArray(new String[0]));
    this.serving = server;
  }

  /** Makes fresh keys and certificates of root, intermediate and the first server. */
  public static LabAuthority create(Clock clock) {
    return new LabAuthority(RsaKeys.several(3, null), null, clock);
  }

  /** The same from one source of randomness, so that it can be repeated. */
  public static LabAuthority create(SecureRandom repeatable, Clock clock) {
    return new LabAuthority(RsaKeys.several(3, repeatable), repeatable, clock);
  }

  /** The same with keys that are there already: of root, intermediate and the first server. */
  public static LabAuthority create(List<KeyPair> keys, SecureRandom repeatable, Clock clock) {
    return new LabAuthority(keys, repeatable, clock);
  }

  /** The certificate of the server {@code www.lab.test}, made at the start. */
  public Issued leaf() {
    return server;
  }

  /** The certificate of that server now: another, with a new key, once the first was revoked. */
  synchronized Issued serving() {
    CertificateAuthority authority = opened;
    if (authority != null && authority.withdrawn().containsKey(serving.chain()[0])) {
      serving = leaf(SERVER_NAMES.toArray(new String[0]));
      authority.add(
          new Member(
              SERVER_NAMES.get(0), serving.chain()[0], serving.key(), List.of(intermediate, root)));
    }
    return serving;
  }

  /**
   * A new certificate, with a new key, for a server of these names.
   *
   * @param names host names and addresses, at least one; the first is also the common name
   */
  public synchronized Issued leaf(String... names) {
    return names.length == 0 ? server : server(newKey(), names);
  }

  /**
   * A new certificate for a key that is there already.
   *
   * @param serials gives its serial number
   */
  public Issued leaf(KeyPair key, SecureRandom serials, String... names) {
    return issued(maker(names[0], key, INTERMEDIATE_NAME, LEAF_LIFE, serials).server(names), key);
  }

  /** A new certificate for a client's key that is there already. */
  public Issued client(KeyPair key, SecureRandom serials, String name) {
    return issued(maker(name, key, INTERMEDIATE_NAME, LEAF_LIFE, serials).client(), key);
  }

  /** A new certificate, with a new key, for a client. */
  public synchronized Issued client(String name) {
    KeyPair key = newKey();
    return issued(maker(name, key, INTERMEDIATE_NAME, LEAF_LIFE).client(), key);
  }

  /** What a client must trust to believe this authority. */
  public Bytes rootDer() {
    return Issued.der(root);
  }

  public X509Certificate root() {
    return root;
  }

  /** The first server, the intermediate and the root. */
  public List<Bytes> chainDer() {
    return List.of(server.chainDer().get(0), Issued.der(intermediate), Issued.der(root));
  }

  /**
   * The same authority with its keys, to issue and revoke more in its name: the same one each time,
   * so that what is revoked here is revoked for the servers, too.
   */
  public synchronized CertificateAuthority opened() {
    CertificateAuthority known = opened;
    if (known == null) {
      known = open();
      opened = known;
    }
    return known;
  }

  private CertificateAuthority open() {
    return CertificateAuthority.of(
        clock,
        List.of(
            new Member(ROOT_NAME, root, rootKey.getPrivate(), List.of()),
            new Member(
                INTERMEDIATE_NAME, intermediate, intermediateKey.getPrivate(), List.of(root)),
            new Member(
                SERVER_NAMES.get(0),
                server.chain()[0],
                server.key(),
                List.of(intermediate, root))));
  }

  /** Who signs for the root, for those who issue in this authority's name. */
  Signer rootSigner() {
    return new Signer(ROOT_NAME, root, rootKey);
  }

  /** Who signs for the intermediate. */
  Signer intermediateSigner() {
    return new Signer(INTERMEDIATE_NAME, intermediate, intermediateKey);
  }

  /** An authority's certificate and its key. */
  record Signer(String name, X509Certificate certificate, KeyPair key) {}

  /**
   * So many keys for those who need one beside root, intermediate and server: made when they are
   * first asked for, and the same ones each time, since making them takes a while.
   */
  synchronized List<KeyPair> spareKeys(int count) {
    if (spare.size() < count) {
      spare.addAll(RsaKeys.several(count - spare.size(), repeatable));
    }
    return List.copyOf(spare.subList(0, count));
  }

  /** A key that is too short for today. */
  synchronized KeyPair weakKey() {
    KeyPair known = weak;
    if (known == null) {
      known = RsaKeys.weak(repeatable);
      weak = known;
    }
    return known;
  }

  /** The key of the first server. */
  KeyPair serverKey() {
    return new KeyPair(server.chain()[0].getPublicKey(), server.key());
  }

  SecureRandom random() {
    return random;
  }

  /** Full seconds, as certificates have them. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private KeyPair newKey() {
    return RsaKeys.several(1, repeatable).get(0);
  }

  private Issued server(KeyPair key, String... names) {
    return issued(maker(names[0], key, INTERMEDIATE_NAME, LEAF_LIFE).server(names), key);
  }

  private Issued issued(CertificateMaker maker, KeyPair key) {
    X509Certificate signed =
        maker.signedBy(intermediateKey.getPublic(), intermediateKey.getPrivate());
    return new Issued(List.of(signed, intermediate), key.getPrivate());
  }

  /** Valid since an hour ago, so that clocks may differ. */
  private CertificateMaker maker(String name, KeyPair key, String issuer, Duration life) {
    return maker(name, key, issuer, life, random);
  }

  private CertificateMaker maker(
      String name, KeyPair key, String issuer, Duration life, SecureRandom serials) {
    Instant start = clock.instant().minus(GRACE).truncatedTo(ChronoUnit.SECONDS);
    return new CertificateMaker(name, key.getPublic(), issuer, serials, start, life);
  }
}
