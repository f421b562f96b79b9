package io.handshakelab.lab;

import io.handshakelab.lab.LabAuthority.Signer;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the certificates of a server that have one thing wrong with them, and nothing else. */
final class FaultyChain {
  private static final Duration LIFE = Duration.ofDays(90);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String[] NAMES = LabAuthority.SERVER_NAMES.toArray(new String[0]);
  private static final int BYSTANDERS = 20;

  private final LabAuthority authority;
  private final Publications published;
  private final Signer root;
  private final Signer intermediate;

  private FaultyChain(LabAuthority authority, Publications published) {
    this.authority = authority;
    this.published = published;
    this.root = authority.rootSigner();
    this.intermediate = authority.intermediateSigner();
  }

  /** What the server shows, with the key of the first certificate. */
  static Issued of(Fault fault, LabAuthority authority, Publications published) {
    FaultyChain chain = new FaultyChain(authority, published);
    return switch (fault) {
      case EXPIRED -> chain.from(chain.now().minus(LIFE).minus(DAY));
      case NOT_YET_VALID -> chain.from(chain.now().plus(DAY));
      case WRONG_HOST -> chain.named("www.other.test", "other.test");
      case SELF_SIGNED -> chain.selfSigned();
      case UNTRUSTED_ROOT -> chain.untrustedRoot();
      case MISSING_INTERMEDIATE -> chain.missingIntermediate();
      case WRONG_ORDER -> chain.wrongOrder();
      case EXTRA_CERTIFICATE -> chain.bystanders(1);
      case TOO_MANY_CERTIFICATES -> chain.bystanders(BYSTANDERS);
      case WEAK_SHA1 -> chain.weakHash();
      case WEAK_RSA_1024 -> chain.weakKey();
      case CA_AS_LEAF -> chain.authorityAsLeaf();
      case LEAF_AS_CA -> chain.leafAsAuthority();
      case PATH_TOO_LONG -> chain.pathTooLong();
      case NAME_CONSTRAINT -> chain.nameConstraint();
      case NO_SAN -> chain.withoutNames();
      case REVOKED_OCSP, REVOKED_CRL -> chain.revoked(fault == Fault.REVOKED_OCSP);
      case BAD_SIGNATURE -> chain.badSignature();
      case NULL_IN_NAME -> chain.named("www.lab.test\0.other.test");
    };
  }

  private Issued from(Instant start) {
    KeyPair key = key();
    return below(intermediate, key, maker(NAMES[0], key, intermediate, start).server(NAMES));
  }

  private Issued named(String... names) {
    KeyPair key = key();
    return below(intermediate, key, maker(names[0], key, intermediate).server(names));
  }

  private Issued selfSigned() {
    KeyPair key = key();
    X509Certificate own =
        new CertificateMaker(
                NAMES[0], key.getPublic(), NAMES[0], authority.random(), started(), LIFE)
            .server(NAMES)
            .signedBy(key.getPublic(), key.getPrivate());
    return new Issued(List.of(own), key.getPrivate());
  }

  private Issued untrustedRoot() {
    List<KeyPair> keys = authority.spareKeys(2);
    Signer strange = selfMade("Nobody's Root CA", keys.get(0));
    Signer between = authorityBelow(strange, "Nobody's Intermediate CA", keys.get(1));
    return below(between, key(), maker(NAMES[0], key(), between).server(NAMES));
  }

  private Issued missingIntermediate() {
    KeyPair key = key();
    X509Certificate leaf =
        signed(
            maker(NAMES[0], key, intermediate)
                .server(NAMES)
                .issuerAt(published.issuer(intermediate.certificate())),
            intermediate);
    return new Issued(List.of(leaf), key.getPrivate());
  }

  private Issued wrongOrder() {
    Issued good = authority.leaf();
    List<X509Certificate> chain =
        List.of(good.chain()[0], root.certificate(), intermediate.certificate());
    return new Issued(chain, good.key());
  }

  private Issued bystanders(int count) {
    Issued good = authority.leaf();
    List<X509Certificate> chain = new ArrayList<>(List.of(good.chain()));
    KeyPair key = authority.spareKeys(1).get(0);
    for (int i = 1; i <= count; i++) {
      chain.add(selfMade("Bystander " + i, key).certificate());
    }
    return new Issued(chain, good.key());
  }

  private Issued weakHash() {
    KeyPair key = key();
    X509Certificate leaf =
        maker(NAMES[0], key, intermediate)
            .server(NAMES)
            .signedBy(
                intermediate.key().getPublic(), intermediate.key().getPrivate(), "SHA1withRSA");
    return new Issued(List.of(leaf, intermediate.certificate()), key.getPrivate());
  }

  private Issued weakKey() {
    KeyPair key = authority.weakKey();
    return below(intermediate, key, maker(NAMES[0], key, intermediate).server(NAMES));
  }

  private Issued authorityAsLeaf() {
    KeyPair key = key();
    X509Certificate own = signed(maker(NAMES[0], key, root).authority(0).named(NAMES[0]), root);
    return new Issued(List.of(own), key.getPrivate());
  }

  private Issued leafAsAuthority() {
    KeyPair spare = authority.spareKeys(1).get(0);
    CertificateMaker maker = maker("shop.lab.test", spare, intermediate).server("shop.lab.test");
    Signer shop = new Signer("shop.lab.test", signed(maker, intermediate), spare);
    return below(List.of(shop, intermediate), key(), maker(NAMES[0], key(), shop).server(NAMES));
  }

  private Issued pathTooLong() {
    KeyPair spare = authority.spareKeys(1).get(0);
    Signer deeper = authorityBelow(intermediate, "Handshake Lab Deeper CA", spare);
    return below(
        List.of(deeper, intermediate), key(), maker(NAMES[0], key(), deeper).server(NAMES));
  }

  private Issued nameConstraint() {
    KeyPair spare = authority.spareKeys(1).get(0);
    CertificateMaker maker =
        maker("Other Company CA", spare, root).authority(0).permitting("other.test");
    Signer bound = new Signer("Other Company CA", signed(maker, root), spare);
    return below(bound, key(), maker(NAMES[0], key(), bound).server(NAMES[0]));
  }

  private Issued withoutNames() {
    KeyPair key = key();
    return below(intermediate, key, maker(NAMES[0], key, intermediate).serverWithoutNames());
  }

  private Issued revoked(boolean byResponder) {
    KeyPair key = key();
    CertificateMaker maker = maker(NAMES[0], key, intermediate).server(NAMES);
    Issued issued =
        below(
            intermediate,
            key,
            byResponder
                ? maker.responderAt(published.responder())
                : maker.revocationListAt(published.revocationList()));
    published.revoke(issued.chain()[0]);
    return issued;
  }

  private Issued badSignature() {
    Issued good = authority.leaf();
    try {
      byte[] der = good.chain()[0].getEncoded();
      der[der.length - 1] ^= 1;
      X509Certificate bad =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      return new Issued(List.of(bad, good.chain()[1]), good.key());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("only its signature is wrong", e);
    }
  }

  private Signer selfMade(String name, KeyPair key) {
    X509Certificate own =
        new CertificateMaker(name, key.getPublic(), name, authority.random(), started(), LIFE)
            .authority()
            .signedBy(key.getPublic(), key.getPrivate());
    return new Signer(name, own, key);
  }

  private Signer authorityBelow(Signer by, String name, KeyPair key) {
    return new Signer(name, signed(maker(name, key, by).authority(0), by), key);
  }

  private static Issued below(Signer by, KeyPair key, CertificateMaker maker) {
    return below(List.of(by), key, maker);
  }

  /** Signed by the first of these; all of them are sent. */
  private static Issued below(List<Signer> above, KeyPair key, CertificateMaker maker) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(signed(maker, above.get(0)));
    above.forEach(signer -> chain.add(signer.certificate()));
    return new Issued(chain, key.getPrivate());
  }

  private static X509Certificate signed(CertificateMaker maker, Signer by) {
    return maker.signedBy(by.key().getPublic(), by.key().getPrivate());
  }

  private CertificateMaker maker(String name, KeyPair key, Signer by) {
    return maker(name, key, by, started());
  }

  private CertificateMaker maker(String name, KeyPair key, Signer by, Instant start) {
    return new CertificateMaker(name, key.getPublic(), by.name(), authority.random(), start, LIFE);
  }

  private KeyPair key() {
    return authority.serverKey();
  }

  private Instant now() {
    return authority.now();
  }

  private Instant started() {
    return now().minus(HOUR);
  }
}
