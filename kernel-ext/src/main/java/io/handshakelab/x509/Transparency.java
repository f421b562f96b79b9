package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * timestamps, and their signatures where the log's key is known. Whether that is demanded is for
 * the browser to say, so only a timestamp with a wrong signature fails the check.
 */
final class Transparency {
  private static final String RFC = "RFC 6962 §3.2, §3.3";

  private Transparency() {}

  static PathCheck check(List<ChainEntry> entries, CtLogs logs, Instant at) {
    ChainEntry entry = entries.get(0);
    try {
      SctList list = list(entry.der());
      if (list == null) {
        return check(entry, true, "it brings no signed certificate timestamp");
      }
      ChainEntry issuer = entries.size() > 1 ? entries.get(1) : entry;
      Bytes signed = signed(entry.der(), issuer.der());
      int verified = 0;
      int unknown = 0;
      for (SctList.Sct one : list.timestamps()) {
        Bytes key = logs.key(one.log());
        if (key.isEmpty()) {
          unknown++;
        } else if (verify(one, signed, key)) {
          verified++;
        } else {
          return check(entry, false, "the log " + id(one) + " has not signed its timestamp");
        }
        if (Instant.ofEpochMilli(one.millis()).isAfter(at)) {
          String when = Instant.ofEpochMilli(one.millis()).toString();
          return check(entry, false, "a timestamp is of the future: " + when);
        }
      }
      String times = list.timestamps().size() == 1 ? " timestamp" : " timestamps";
      return check(
          entry,
          true,
          list.timestamps().size()
              + times
              + ": "
              + verified
              + " verified, "
              + unknown
              + " of logs whose key is not known here");
    } catch (CertificateExtensions.Unreadable | Malformed | IOException | RuntimeException e) {
      return check(entry, false, "its timestamps cannot be read: " + ParsedCertificate.oneLine(e));
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

  private static boolean verify(SctList.Sct one, Bytes signed, Bytes key) {
    ByteBuffer head = ByteBuffer.allocate(12);
    head.put((byte) 0).put((byte) 0).putLong(one.millis()).putShort((short) 1); // precert_entry
    Bytes tail =
        Bytes.wrap(
            new byte[] {(byte) (one.extensions().length() >> 8), (byte) one.extensions().length()});
    Bytes message = Bytes.concat(List.of(Bytes.wrap(head.array()), signed, tail, one.extensions()));
    return SignedMessage.walk(message, one.signature(), one.scheme(), key, "log", "timestamp")
        .valid();
  }

  /** What a log has signed: the issuer's key and the certificate without the timestamps. */
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
    byte[] rest = new DERSequence(kept).getEncoded(ASN1Encoding.DER);
    byte[] length = {(byte) (rest.length >> 16), (byte) (rest.length >> 8), (byte) rest.length};
    return Bytes.concat(
        List.of(Bytes.wrap(Hash.SHA256.digest(issuerKey)), Bytes.wrap(length), Bytes.wrap(rest)));
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
