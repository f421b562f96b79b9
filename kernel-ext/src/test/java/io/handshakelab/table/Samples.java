package io.handshakelab.table;

import io.handshakelab.analysis.Phase;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.dns.DnsRow;
import io.handshakelab.http.HttpMessage;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpState;
import io.handshakelab.tcp.Transition;
import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.Category;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import java.time.Instant;
import java.util.List;
import tech.tablesaw.api.Table;

/** One small table of each kind, made by hand. */
final class Samples {
  static final long START = 1_700_000_000_000_000_000L;
  static final String HOSTILE =
      "<img src=x onerror=alert(1)>\u001b[31m\u202e\"';--\u0000😀\ud800\r\n$x$";

  private Samples() {}

  static Table states() {
    return TcpTables.states(
            START,
            List.of(
                new Transition(
                    0,
                    START + 1500,
                    Sender.CLIENT,
                    TcpState.CLOSED,
                    "send SYN",
                    TcpState.SYN_SENT,
                    1,
                    "RFC 9293 §3.5",
                    Evidence.WIRE),
                new Transition(
                    0,
                    START + 2_000_000_000L,
                    Sender.SERVER,
                    null,
                    "timeout 2MSL",
                    TcpState.CLOSED,
                    null,
                    "RFC 9293 §3.10.8",
                    Evidence.INFERRED)))
        .table();
  }

  static Table tls(String summary) {
    Rows rows = new Rows(TlsTables.tlsShape());
    TlsTables.message(START, message(0, Sender.CLIENT, "ClientHello", -1, false, summary), rows);
    TlsTables.message(
        START, message(1, Sender.SERVER, "ServerHello", 518, true, "suite chosen"), rows);
    return rows.table();
  }

  private static TlsMessage message(
      int number, Sender sender, String type, long ack, boolean encrypted, String summary) {
    return new TlsMessage(
        number,
        0,
        4 + number,
        START + 123_456 + number,
        sender,
        type,
        "TLS 1.2",
        512,
        0,
        1,
        ack,
        encrypted,
        false,
        summary,
        Evidence.WIRE,
        Bytes.EMPTY);
  }

  static Table fields() {
    return TlsTables.fields(
            7,
            List.of(
                new Field(
                    "client_hello.legacy_version",
                    4,
                    Bytes.fromHex("0303"),
                    "0x0303",
                    "TLS 1.2",
                    "RFC 5246 §7.4.1.2")))
        .table();
  }

  static Table dns() {
    return VisitTables.dns(
            START,
            List.of(
                new DnsRow(1, START, 7, "www.lab.test", "A", null, null, null, null, Evidence.WIRE),
                new DnsRow(
                    2,
                    START + 250_000,
                    7,
                    "www.lab.test",
                    "A",
                    "127.0.0.1",
                    300L,
                    "NOERROR",
                    0.25,
                    Evidence.WIRE)))
        .table();
  }

  static Table http() {
    return VisitTables.http(
            START,
            List.of(
                new HttpMessage(
                    0,
                    6,
                    START + 1_000_000,
                    Sender.SERVER,
                    "HTTP/1.1 302 Found",
                    List.of("Location: https://www.lab.test:8443/", "Content-Length: 0"),
                    0)))
        .table();
  }

  static Table timings() {
    return VisitTables.timings(
            START,
            List.of(
                new Phase(null, "dns", START, START + 250_000, 1, Evidence.WIRE),
                new Phase(1, "tls", START + 1_000_000, START + 4_500_000, 2, Evidence.INFERRED)))
        .table();
  }

  static Table chain() {
    return ChainTables.chain(
            List.of(
                new ChainTables.Row(
                    null,
                    new ChainEntry(
                        0,
                        Category.END_USER,
                        "CN=www.lab.test",
                        "CN=Lab Intermediate",
                        "2a",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2027-01-01T00:00:00Z"),
                        "RSA 2048, e = 65537",
                        "sha256WithRSAEncryption",
                        "00ff",
                        true,
                        false,
                        Bytes.EMPTY))))
        .table();
  }

  static Table verify() {
    SignatureStep key = new SignatureStep(1, "key", "n, e = ...", "65537", null);
    SignatureStep equal = new SignatureStep(2, "equal", "a == b", "true", true);
    return ChainTables.verify(
            List.of(
                new SignatureWalk("0", List.of(key, equal)),
                new SignatureWalk("1", List.of(equal))))
        .table();
  }
}
