package io.handshakelab.x509;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * Signed certificate timestamps (RFC 6962 §3.2 and §3.3):
 *
 * <pre>
 * opaque SerializedSCT&lt;1..2^16-1&gt;;
 * struct { SerializedSCT sct_list &lt;1..2^16-1&gt;; } SignedCertificateTimestampList;
 * struct {
 *   Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions;
 *   digitally-signed struct { … };
 * } SignedCertificateTimestamp;
 * </pre>
 */
record SctList(List<Sct> timestamps) {
  static final String OID = "1.3.6.1.4.1.11129.2.4.2";
  private static final int MAX = 64;

  /**
   * One log's promise.
   *
   * @param log SHA-256 of the log's key
   * @param millis since 1970
   * @param scheme as TLS numbers algorithms
   */
  record Sct(Bytes log, long millis, Bytes extensions, int scheme, Bytes signature) {}

  static SctList parse(Bytes list) throws Malformed {
    ByteReader outer = list.reader();
    ByteReader all = outer.vector16("list of timestamps");
    outer.end("list of timestamps");
    List<Sct> found = new ArrayList<>();
    while (all.hasRemaining() && found.size() < MAX) {
      ByteReader one = all.vector16("timestamp");
      int version = one.u8("version");
      if (version != 0) {
        continue; // of a later version, which is not known here
      }
      Bytes log = one.bytes(32, "log");
      long millis = one.i64("time");
      Bytes extensions = one.vector16("extensions").rest();
      int scheme = one.u16("algorithm");
      Bytes signature = one.vector16("signature").rest();
      one.end("signature");
      found.add(new Sct(log, millis, extensions, scheme, signature));
    }
    return new SctList(List.copyOf(found));
  }
}
