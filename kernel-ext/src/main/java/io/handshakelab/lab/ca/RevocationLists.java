package io.handshakelab.lab.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Writes what an authority has withdrawn (RFC 5280 §5), a list for each that can sign one. */
final class RevocationLists {
  private static final Duration LIFE = Duration.ofDays(7);

  private RevocationLists() {}

  static List<byte[]> all(CertificateAuthority authority) {
    List<byte[]> lists = new ArrayList<>();
    for (Member issuer : authority.members()) {
      PrivateKey key = issuer.key();
      if (issuer.isAuthority() && key != null) {
        lists.add(list(authority, issuer, key));
      }
    }
    return lists;
  }

  private static byte[] list(CertificateAuthority authority, Member issuer, PrivateKey key) {
    Instant now = authority.now();
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(LIFE)));
    for (Member member : authority.members()) {
      Withdrawal revoked = authority.revocation(member);
      if (revoked != null && member.above().get(0).equals(issuer.certificate())) {
        // An unspecified reason is left out (RFC 5280 §5.3.1), which code 0 does here.
        builder.addCRLEntry(
            member.certificate().getSerialNumber(),
            Date.from(revoked.when()),
            revoked.reason().code());
      }
    }
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils()
              .createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
      // Must grow from list to list (RFC 5280 §5.2.3), as time does.
      BigInteger number = BigInteger.valueOf(now.getEpochSecond());
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      return builder
          .build(new JcaContentSignerBuilder(KeyKind.signature(key)).build(key))
          .getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(
          "a list for " + Objects.toString(issuer) + " cannot be made", e);
    }
  }
}
