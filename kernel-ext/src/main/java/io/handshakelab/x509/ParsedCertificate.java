package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * One certificate (RFC 5280 §4.1), read once. Whatever is in it, reading takes time linear in its
 * size, and ends with a value or with {@link Malformed}.
 *
 * @param subjectKey the subject's name in the form in which names are compared
 * @param issuerKey the issuer's name in the form in which names are compared
 * @param algorithm with which it was signed
 * @param subjectKeyId the subject key identifier, if there is one (RFC 5280 §4.2.1.2)
 * @param authorityKeyId the key identifier of the issuer, if there is one (RFC 5280 §4.2.1.1)
 * @param ca whether basic constraints say that it may sign certificates (RFC 5280 §4.2.1.9)
 * @param version 1 to 3
 * @param oddity what is wrong with it although it can be read
 */
record ParsedCertificate(
    Bytes bytes,
    Der der,
    String subject,
    String commonName,
    String subjectKey,
    String issuer,
    String issuerKey,
    String serial,
    Instant notBefore,
    Instant notAfter,
    SubjectPublicKeyInfo publicKey,
    AlgorithmIdentifier algorithm,
    @Nullable Bytes subjectKeyId,
    @Nullable Bytes authorityKeyId,
    boolean ca,
    int version,
    @Nullable String oddity) {

  /** Far above the largest that are met with; what is larger is not read. */
  static final int MAX_BYTES = 1 << 18;

  static ParsedCertificate parse(Bytes bytes) throws Malformed {
    if (bytes.length() > MAX_BYTES) {
      throw new Malformed(
          0,
          "a certificate of " + bytes.length() + " bytes is too large, the limit is " + MAX_BYTES);
    }
    Der der = Der.parse(bytes);
    try {
      return read(bytes, der);
    } catch (IOException | RuntimeException e) {
      // The library says malformed in many ways: IllegalArgument, IllegalState, ClassCast,
      // Arithmetic.
      throw new Malformed(0, "not a certificate: " + oneLine(e));
    }
  }

  private static ParsedCertificate read(Bytes bytes, Der der) throws IOException {
    Certificate read = Certificate.getInstance(ASN1Primitive.fromByteArray(bytes.toArray()));
    Extensions extensions = read.getTBSCertificate().getExtensions();
    Part<SubjectKeyIdentifier> own = part(extensions, SubjectKeyIdentifier::fromExtensions);
    Part<AuthorityKeyIdentifier> above = part(extensions, AuthorityKeyIdentifier::fromExtensions);
    Part<BasicConstraints> constraints = part(extensions, BasicConstraints::fromExtensions);
    String oddity = null;
    if (own.broken || above.broken || constraints.broken) {
      oddity = "a key identifier or basic constraints that cannot be read";
    } else if (!read.getTBSCertificate().getSignature().equals(read.getSignatureAlgorithm())) {
      oddity =
          "different signature algorithms inside and outside of what is signed (RFC 5280 §4.1.1.2)";
    }
    return new ParsedCertificate(
        bytes,
        der,
        NameText.rfc4514(read.getSubject()),
        NameText.common(read.getSubject()),
        NameText.matching(read.getSubject()),
        NameText.rfc4514(read.getIssuer()),
        NameText.matching(read.getIssuer()),
        hex(read.getSerialNumber().getValue()),
        read.getStartDate().getDate().toInstant(),
        read.getEndDate().getDate().toInstant(),
        read.getSubjectPublicKeyInfo(),
        read.getSignatureAlgorithm(),
        own.value == null ? null : Bytes.of(own.value.getKeyIdentifier()),
        keyId(above.value),
        constraints.value != null && constraints.value.isCA(),
        read.getVersionNumber(),
        oddity);
  }

  /** Such as {@code RSA 2048, e = 65537}. */
  String key() {
    return AlgorithmText.key(publicKey);
  }

  /** Such as {@code sha256WithRSAEncryption}. */
  String signatureAlgorithm() {
    return AlgorithmText.signature(algorithm.getAlgorithm());
  }

  boolean selfIssued() {
    return subjectKey.equals(issuerKey);
  }

  /** Whether its own key seems to have signed it: its name, and no other key's identifier. */
  boolean selfSigned() {
    return selfIssued() && namesKeyOf(this);
  }

  /** Whether that one may be its issuer, by name and, where both give one, by key identifier. */
  boolean mayBeIssuedBy(ParsedCertificate other) {
    return issuerKey.equals(other.subjectKey) && namesKeyOf(other);
  }

  private boolean namesKeyOf(ParsedCertificate other) {
    return authorityKeyId == null
        || other.subjectKeyId == null
        || authorityKeyId.equals(other.subjectKeyId);
  }

  String sha256() {
    try {
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toArray())).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }

  private static String hex(BigInteger serial) {
    String digits = serial.abs().toString(16);
    String even = digits.length() % 2 == 0 ? digits : "0" + digits;
    return serial.signum() < 0 ? "-" + even : even;
  }

  private static @Nullable Bytes keyId(@Nullable AuthorityKeyIdentifier from) {
    return from == null || from.getKeyIdentifierOctets() == null
        ? null
        : Bytes.of(from.getKeyIdentifierOctets());
  }

  private static <T> Part<T> part(
      @Nullable Extensions extensions, Function<Extensions, @Nullable T> reader) {
    try {
      return new Part<>(extensions == null ? null : reader.apply(extensions), false);
    } catch (RuntimeException e) {
      return new Part<>(null, true);
    }
  }

  /** Equal by the bytes, from which all else follows. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParsedCertificate that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  private record Part<T>(@Nullable T value, boolean broken) {}
}
