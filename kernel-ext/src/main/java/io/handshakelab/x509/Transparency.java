package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;

/**
 * Whether public logs have promised to show a certificate to everybody (RFC 6962): its signed
 * timestamps, wherever they stand, and their signatures where the log's key is known. Whether that
 * is demanded is for the browser to say, so only a timestamp with a wrong signature fails the
 * check.
 */
final class Transparency {
  private static final String RFC = "RFC 6962 §3.2, §3.3";

  /** A certificate has two or three. */
  private static final int MOST = 64;

  private static final int MOST_TOLD = 8;

  private Transparency() {}

  /**
   * What a log has signed.
   *
   * @param where it stands, in words
   * @param signed the end of what the signature is over, from the type of the entry on
   */
  private record Promise(String where, SctList.Sct sct, Bytes signed) {}

  static PathCheck check(
      List<ChainEntry> entries, CtLogs logs, Instant at, RevocationEvidence evidence) {
    ChainEntry entry = entries.get(0);
    List<Promise> promises;
    try {
      promises = promises(entries, evidence);
    } catch (CertificateExtensions.Unreadable | Malformed | IOException | RuntimeException e) {
      return check(entry, false, "its timestamps cannot be read: " + ParsedCertificate.oneLine(e));
    }
    if (promises.isEmpty()) {
      return check(entry, true, "it brings no signed certificate timestamp");
    }
    int verified = 0;
    List<String> told = new ArrayList<>();
    for (Promise one : promises) {
      Bytes key = logs.key(one.sct.log());
      String log = "the log " + id(one.sct);
      if (!key.isEmpty() && !verify(one, key)) {
        return check(entry, false, log + " has not signed its timestamp " + one.where);
      }
      Instant when = Instant.ofEpochMilli(one.sct.millis());
      if (when.isAfter(at)) {
        return check(entry, false, "a timestamp is of the future: " + when);
      }
      verified += key.isEmpty() ? 0 : 1;
      told.add(log + " at " + when + " " + one.where + (key.isEmpty() ? "" : " (verified)"));
    }
    int count = promises.size();
    return check(
        entry,
        true,
        count
            + (count == 1 ? " timestamp: " : " timestamps: ")
            + verified
            + " verified, "
            + (count - verified)
            + " of logs whose key is not known here: "
            + String.join(", ", told.subList(0, Math.min(MOST_TOLD, count)))
            + (count > MOST_TOLD ? ", …" : ""));
  }

  /** All three places that RFC 6962 §3.3 has. */
  private static List<Promise> promises(List<ChainEntry> entries, RevocationEvidence evidence)
      throws CertificateExtensions.Unreadable, Malformed, IOException {
    Bytes der = entries.get(0).der();
    Bytes issuer = entries.get(Math.min(1, entries.size() - 1)).der();
    List<Promise> all = new ArrayList<>();
    SctList own = list(der);
    if (own != null) {
      add(all, "in the certificate", own, signed(der, issuer));
    }
    Bytes whole = Bytes.concat(List.of(Bytes.wrap(new byte[] {0, 0}), length(der), der));
    Set<Bytes> seen = new HashSet<>();
    for (RevocationEvidence.ShownTimestamps shown : evidence.timestamps()) {
      // Many connections may show the same.
      if (shown.certificate().equals(der) && seen.add(shown.list())) {
        add(all, "in the handshake", SctList.parse(shown.list()), whole);
      }
    }
    for (Bytes list : OcspTimestamps.of(der, issuer, evidence)) {
      if (seen.add(list)) {
        add(all, "in the OCSP response", SctList.parse(list), whole);
      }
    }
    return all;
  }

  private static void add(List<Promise> all, String where, SctList list, Bytes signed) {
    for (SctList.Sct sct : list.timestamps()) {
      if (all.size() < MOST) {
        all.add(new Promise(where, sct, signed));
      }
    }
  }

  /** Those that stand in the certificate, or null. */
  static @Nullable SctList list(Bytes der) throws CertificateExtensions.Unreadable, Malformed {
    Extension found =
        CertificateExtensions.read(
            der, extensions -> extensions.getExtension(new ASN1ObjectIdentifier(SctList.OID)));
    if (found == null) {
      return null;
    }
    byte[] inner = ASN1OctetString.getInstance(found.getParsedValue()).getOctets();
    return SctList.parse(Bytes.wrap(inner));
  }

  private static boolean verify(Promise one, Bytes key) {
    SctList.Sct sct = one.sct;
    // sct_version v1, signature_type certificate_timestamp, timestamp
    ByteBuffer head = ByteBuffer.allocate(10);
    head.put((byte) 0).put((byte) 0).putLong(sct.millis());
    byte[] tail = {(byte) (sct.extensions().length() >> 8), (byte) sct.extensions().length()};
    Bytes message =
        Bytes.concat(
            List.of(Bytes.wrap(head.array()), one.signed, Bytes.wrap(tail), sct.extensions()));
    return SignedMessage.walk(message, sct.signature(), sct.scheme(), key, "log", "timestamp")
        .valid();
  }

  /** precert_entry: the issuer's key and the certificate without the timestamps. */
  private static Bytes signed(Bytes der, Bytes issuer)
      throws CertificateExtensions.Unreadable, IOException {
    byte[] issuerKey =
        CertificateExtensions.tbs(issuer).getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
    ASN1Sequence tbs = ASN1Sequence.getInstance(CertificateExtensions.tbs(der).toASN1Primitive());
    ASN1EncodableVector kept = new ASN1EncodableVector();
    for (ASN1Encodable part : tbs) {
      kept.add(
          part instanceof ASN1TaggedObject tagged && tagged.hasTag(BERTags.CONTEXT_SPECIFIC, 3)
              ? withoutTimestamps(tagged)
              : part);
    }
    Bytes rest = Bytes.wrap(new DERSequence(kept).getEncoded(ASN1Encoding.DER));
    return Bytes.concat(
        List.of(
            Bytes.wrap(new byte[] {0, 1}),
            Bytes.wrap(Hash.SHA256.digest(issuerKey)),
            length(rest),
            rest));
  }

  private static Bytes length(Bytes what) {
    int length = what.length();
    return Bytes.wrap(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length});
  }

  private static ASN1Encodable withoutTimestamps(ASN1TaggedObject tagged) {
    List<ASN1Encodable> kept = new ArrayList<>();
    for (ASN1Encodable one : ASN1Sequence.getInstance(tagged, true)) {
      if (!Extension.getInstance(one).getExtnId().getId().equals(SctList.OID)) {
        kept.add(one);
      }
    }
    return new DERTaggedObject(true, 3, new DERSequence(kept.toArray(new ASN1Encodable[0])));
  }

  private static String id(SctList.Sct one) {
    return one.log().slice(0, 4).hex() + "…";
  }

  private static PathCheck check(ChainEntry entry, boolean ok, String reason) {
    return new PathCheck(PathCheck.Kind.TRANSPARENCY, entry.subject(), ok, reason, RFC);
  }
}
