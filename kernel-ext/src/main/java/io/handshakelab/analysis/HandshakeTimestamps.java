package io.handshakelab.analysis;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.tls.TlsAnalysis;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.RevocationEvidence.ShownTimestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where servers put the extension signed_certificate_timestamp (RFC 6962 §3.3.1): in the
 * ServerHello, or in TLS 1.3 beside the certificate (RFC 8446 §4.4.2.1).
 */
final class HandshakeTimestamps {
  private static final int EXTENSION = 18;
  private static final int HANDSHAKE_HEADER = 4;
  private static final int MOST = 256;

  private final List<ShownTimestamps> found = new ArrayList<>();

  /** What a ServerHello had, until the certificate comes. */
  private final Map<Integer, Bytes> waiting = new HashMap<>();

  private HandshakeTimestamps() {}

  static List<ShownTimestamps> in(TlsAnalysis tls) {
    return in(tls.messages(), tls.certificates());
  }

  static List<ShownTimestamps> in(List<TlsMessage> messages, List<CertificateList> certificates) {
    HandshakeTimestamps all = new HandshakeTimestamps();
    for (TlsMessage message : messages) {
      if (message.sender() == Sender.SERVER
          && (!message.encrypted() || message.decrypted())
          && message.bytes().length() > HANDSHAKE_HEADER
          && all.found.size() < MOST) {
        try {
          all.read(message);
        } catch (Malformed e) {
          // The table tls says so; there is nothing in it that could be used.
        }
      }
    }
    all.match(certificates);
    return all.found;
  }

  private void read(TlsMessage message) throws Malformed {
    ByteReader certificates = CertificateBody.of(message);
    if (certificates != null) {
      certificate(message.connection(), certificates);
    } else if (message.type().equals("ServerHello") && !message.version().equals("TLS 1.3")) {
      hello(message, message.bytes().from(HANDSHAKE_HEADER).reader());
    }
  }

  private void hello(TlsMessage message, ByteReader in) throws Malformed {
    in.u16("server_version");
    in.bytes(32, "random");
    in.vector8("session_id");
    in.u16("cipher_suite");
    in.u8("compression_method");
    if (!in.hasRemaining()) {
      return;
    }
    Bytes list = extension(in.vector16("extensions"));
    if (!list.isEmpty()) {
      waiting.put(message.connection(), list);
    }
  }

  private void certificate(int connection, ByteReader in) throws Malformed {
    in.vector8("certificate_request_context");
    ByteReader entries = in.vector24("certificate_list");
    if (entries.hasRemaining()) {
      Bytes certificate = entries.vector24("cert_data").rest();
      Bytes list = extension(entries.vector16("extensions"));
      if (!list.isEmpty()) {
        found.add(new ShownTimestamps(connection, certificate, list));
      }
    }
  }

  private static Bytes extension(ByteReader extensions) throws Malformed {
    while (extensions.hasRemaining()) {
      int type = extensions.u16("extension_type");
      ByteReader data = extensions.vector16("extension_data");
      if (type == EXTENSION) {
        return data.rest();
      }
    }
    return Bytes.EMPTY;
  }

  private void match(List<CertificateList> certificates) {
    for (CertificateList shown : certificates) {
      Bytes list = waiting.get(shown.connection());
      if (list != null && shown.sender() == Sender.SERVER && !shown.der().isEmpty()) {
        found.add(new ShownTimestamps(shown.connection(), shown.der().get(0), list));
        waiting.remove(shown.connection());
      }
    }
  }
}
