package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;
import java.time.Instant;

/**
 * Promises by certificate logs to publish the certificate; empty where they are asked for.
 *
 * <pre>
 * struct {
 *     Version sct_version;                     // 0: v1
 *     opaque  log_id[32];
 *     uint64  timestamp;                       // milliseconds since 1970
 *     CtExtensions extensions&lt;0..2^16-1&gt;;
 *     digitally-signed struct { … };           // RFC 6962 §3.2
 * } SignedCertificateTimestamp;
 * opaque SerializedSCT&lt;1..2^16-1&gt;;
 * SerializedSCT sct_list&lt;1..2^16-1&gt;;           // RFC 6962 §3.3
 * </pre>
 */
public record CertificateTimestamps(int count) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(18);

  static CertificateTimestamps parse(FieldReader in) throws Malformed {
    int count = 0;
    if (in.hasRemaining()) {
      FieldReader list = in.vector16("sct_list");
      while (list.hasRemaining()) {
        one(list.element(count).body16());
        count++;
      }
    }
    return new CertificateTimestamps(count);
  }

  private static void one(FieldReader in) throws Malformed {
    in.u8("sct_version", "0 is version 1");
    in.bytes(32, "log_id", "SHA-256 of the log's public key");
    Bytes time = in.bytes(8, "timestamp", "when the log promised it");
    if (in.isNoting()) {
      in.say(time(time));
    }
    in.opaque16("extensions", "none are defined");
    in.u16("signature_algorithm", Registry.SIGNATURE_SCHEME, "how the log signed");
    in.opaque16("signature", "the log's signature");
    in.end();
  }

  private static String time(Bytes milliseconds) {
    long since1970 = milliseconds.i64(0);
    // Beyond the year 9999 it is no time but somebody's garbage.
    return since1970 < 0 || since1970 > 253_402_300_799_999L
        ? milliseconds.hex()
        : Instant.ofEpochMilli(since1970).toString();
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  @Override
  public String summary() {
    return count == 0 ? "signed_certificate_timestamp" : count + " certificate timestamps";
  }
}
