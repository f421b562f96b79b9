package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/**
 * What an authority says of a certificate, in a few words; its signature is not checked here.
 *
 * <pre>
 * OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] OPTIONAL }
 * ResponseBytes ::= SEQUENCE { responseType OID, response OCTET STRING }
 * BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] }
 * ResponseData ::= SEQUENCE { version [0], responderID, producedAt, responses, … }
 * SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate, nextUpdate [0] OPTIONAL, … }
 * </pre>
 *
 * See RFC 6960 §4.2.1.
 */
final class OcspResponse {
  private static final int ENUMERATED = 0x0a;
  private static final int OCTET_STRING = 0x04;
  private static final int EXPLICIT_0 = 0xa0;

  private OcspResponse() {}

  /** Gives the last leaf what the response says, if it is one. */
  static void note(FieldReader in, Bytes der) {
    if (in.isNoting() && !der.isEmpty()) {
      try {
        in.say(text(der));
      } catch (Malformed e) {
        in.explain("cannot be opened: " + e.reason());
      }
    }
  }

  private static String text(Bytes der) throws Malformed {
    ByteReader response = Tlv.read(der.reader(), Tlv.SEQUENCE, "the response").inside();
    Bytes status = Tlv.read(response, ENUMERATED, "the status").content();
    if (!status.equals(Bytes.of((byte) 0))) {
      return "no answer: " + trouble(status);
    }
    Tlv tagged = Tlv.read(response, EXPLICIT_0, "the answer");
    ByteReader bytes = Tlv.read(tagged.inside(), Tlv.SEQUENCE, "the answer").inside();
    Tlv.read(bytes, Tlv.OID, "the kind of answer");
    Tlv basic = Tlv.read(bytes, OCTET_STRING, "the answer");
    ByteReader signed = Tlv.read(basic.inside(), Tlv.SEQUENCE, "the answer").inside();
    return data(Tlv.read(signed, Tlv.SEQUENCE, "what is signed").inside());
  }

  private static String data(ByteReader in) throws Malformed {
    Tlv responder = Tlv.read(in);
    if (responder.tag() == EXPLICIT_0) {
      responder = Tlv.read(in);
    }
    Tlv.read(in);
    StringBuilder text = new StringBuilder();
    ByteReader all = Tlv.read(in, Tlv.SEQUENCE, "the responses").inside();
    while (all.hasRemaining()) {
      text.append(text.length() == 0 ? "" : "; ");
      single(text, Tlv.read(all, Tlv.SEQUENCE, "a response").inside());
    }
    return text.toString();
  }

  private static void single(StringBuilder text, ByteReader in) throws Malformed {
    Tlv.read(in, Tlv.SEQUENCE, "the certificate's name");
    Tlv status = Tlv.read(in);
    text.append(
        switch (status.tag()) {
          case 0x80 -> "good";
          case 0xa1 -> "revoked";
          case 0x82 -> "unknown";
          default -> "status of another kind";
        });
    text.append(", as of ").append(CertificateTime.text(Tlv.read(in)));
    if (in.hasRemaining()) {
      Tlv next = Tlv.read(in);
      if (next.tag() == EXPLICIT_0) {
        text.append(", holds until ").append(CertificateTime.text(Tlv.read(next.inside())));
      }
    }
  }

  private static String trouble(Bytes status) {
    return switch (status.hex()) {
      case "01" -> "the request was malformed";
      case "02" -> "the responder has trouble of its own";
      case "03" -> "try later";
      case "05" -> "the request must be signed";
      case "06" -> "not for this client";
      default -> "status " + status.hex();
    };
  }
}
