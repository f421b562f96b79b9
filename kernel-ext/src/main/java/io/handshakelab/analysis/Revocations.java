package io.handshakelab.analysis;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.http.HttpMessage;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.RevocationEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a capture holds about certificates beside themselves: OCSP responses that a server has
 * stapled, lists of revoked ones that somebody has fetched over HTTP, and timestamps of logs that a
 * server has shown.
 */
final class Revocations {
  private static final int STATUS_REQUEST = 5;
  private static final int OCSP = 1;
  private static final int HANDSHAKE_HEADER = 4;
  private static final String LIST_TYPE = "content-type: application/pkix-crl";
  private static final int MAX_LIST = 8 << 20;

  private Revocations() {}

  static RevocationEvidence in(Analysis analysis) {
    return new RevocationEvidence(
        stapled(analysis.tls().messages()),
        lists(analysis),
        HandshakeTimestamps.in(analysis.tls()));
  }

  /** The OCSP responses in these messages. */
  static List<Bytes> stapled(List<TlsMessage> messages) {
    List<Bytes> responses = new ArrayList<>();
    for (TlsMessage message : messages) {
      if (message.sender() == Sender.SERVER && (!message.encrypted() || message.decrypted())) {
        try {
          stapled(message, responses);
        } catch (Malformed e) {
          // The table tls says so; there is nothing in it that could be used.
        }
      }
    }
    return responses;
  }

  private static void stapled(TlsMessage message, List<Bytes> found) throws Malformed {
    if (message.type().equals("CertificateStatus") && message.bytes().length() > HANDSHAKE_HEADER) {
      response(message.bytes().from(HANDSHAKE_HEADER).reader(), found);
    }
    ByteReader in = CertificateBody.of(message);
    if (in == null) {
      return;
    }
    in.vector8("certificate_request_context");
    ByteReader entries = in.vector24("certificate_list");
    while (entries.hasRemaining()) {
      entries.vector24("cert_data");
      ByteReader extensions = entries.vector16("extensions");
      while (extensions.hasRemaining()) {
        int type = extensions.u16("extension_type");
        ByteReader data = extensions.vector16("extension_data");
        if (type == STATUS_REQUEST) {
          response(data, found);
        }
      }
    }
  }

  /** {@code CertificateStatusType status_type; opaque OCSPResponse<1..2^24-1>} (RFC 6066 §8). */
  private static void response(ByteReader in, List<Bytes> found) throws Malformed {
    if (in.u8("status_type") == OCSP) {
      found.add(in.vector24("response").rest());
    }
  }

  private static List<Bytes> lists(Analysis analysis) {
    List<Bytes> lists = new ArrayList<>();
    for (HttpMessage message : analysis.http()) {
      boolean list =
          message.sender() == Sender.SERVER
              && message.bodyLength() > 0
              && message.bodyLength() <= MAX_LIST
              && !analysis.tls().isTls(message.connection())
              && message.headers().stream()
                  .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(LIST_TYPE));
      if (list) {
        // Such a list is fetched over a connection of its own, and is the last thing in it.
        Connection connection = analysis.tcp().connections().get(message.connection());
        Bytes stream = connection.fromServer().bytes();
        int start = (int) Math.max(0, stream.length() - message.bodyLength());
        lists.add(stream.slice(start, stream.length()));
      }
    }
    return lists;
  }
}
