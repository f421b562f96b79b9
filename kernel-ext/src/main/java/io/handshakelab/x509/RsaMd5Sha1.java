package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * RSA as TLS 1.0 and 1.1 sign with it (RFC 2246 §4.7): both digests one after the other, and no
 * DigestInfo that would say which:
 *
 * <pre>
 * 00 01 | ff … ff | 00 | MD5 of the message | SHA-1 of the message
 * </pre>
 */
final class RsaMd5Sha1 implements SignatureFamily {
  /** It has no identifier of its own, since no certificate is signed so. */
  static final ASN1ObjectIdentifier ALGORITHM = PKCSObjectIdentifiers.rsaEncryption;

  private static final int DIGESTS = 16 + 20;
  private static final int AROUND = 3 + DIGESTS;
  private static final int MIN_PADDING = 8;
  private static final String RFC = "RFC 2246 §4.7";

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return algorithm.equals(ALGORITHM);
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    OpenedRsa opened = OpenedRsa.of(signed, steps);
    int octets = opened.key().octets();
    steps.add("tbs", SignatureScript.TBS, RFC, signed.message().hex());
    byte[] message = signed.message().toArray();
    String md5 = Hex.of(Hash.MD5.digest(message));
    steps.add("md5", "md5 = " + SignatureScript.hash(Hash.MD5), RFC, md5);
    String sha1 = Hex.of(Hash.SHA1.digest(message));
    steps.add("sha1", "sha1 = " + SignatureScript.hash(Hash.SHA1), RFC, sha1);
    opened.length(signed, steps);
    int padding = octets - AROUND;
    String line = "encoded = \"0x1\" + \"ff\" * (k - " + AROUND + ") + \"00\" + md5 + sha1";
    if (padding < MIN_PADDING) {
      String why = "n is too short for these digests: " + octets + " octets";
      steps.decide("encoded", line, RFC, why, false);
      return;
    }
    String encoded = "0x1" + "ff".repeat(padding) + "00" + md5 + sha1;
    steps.add("encoded", line, RFC + "; RFC 8017 §9.2", encoded);
    steps.decide("equal", "print(opened == encoded)", RFC, opened.number().equals(encoded));
    steps.add(
        "strength",
        "# the hash functions alone",
        "RFC 8996 §2, RFC 9155 §2",
        "weak: collisions of both are made; TLS 1.0 and 1.1 must not be used any more");
  }

  /** What a library says that takes off the padding (RFC 8017 §9.2) and knows no digests. */
  static boolean libraryOpens(Signed signed) throws GeneralSecurityException, IOException {
    Provider library = LibraryVerdict.bouncyCastle();
    PublicKey key =
        KeyFactory.getInstance("RSA", library)
            .generatePublic(new X509EncodedKeySpec(signed.key().getEncoded()));
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", library);
    byte[] message = signed.message().toArray();
    Bytes expected =
        Bytes.concat(
            List.of(Bytes.wrap(Hash.MD5.digest(message)), Bytes.wrap(Hash.SHA1.digest(message))));
    cipher.init(Cipher.DECRYPT_MODE, key);
    byte[] opened = cipher.doFinal(signed.signature().toArray());
    return MessageDigest.isEqual(opened, expected.toArray());
  }
}
