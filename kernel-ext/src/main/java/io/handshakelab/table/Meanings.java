package io.handshakelab.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line on each column, for those who point at its name. */
final class Meanings {
  private static final Map<String, Map<String, String>> TABLES = new HashMap<>();

  private static final Map<String, String> COMMON =
      Map.of(
          "conn", "number of the TCP connection, from 0 in order of first appearance",
          "frame", "number of the frame in the capture, from 1",
          "time", "seconds since the first frame of the capture",
          "sender", "which end sent it: the client opened the connection",
          "evidence",
              "how it is known: wire = in a captured packet, kernel = read from the operating"
                  + " system, socket = seen at the socket of this process, inferred = follows from"
                  + " the protocol",
          "rfc", "the section that says so");

  static {
    table("tcp")
        .put("src", "address and port of the sender")
        .put("dst", "address and port of the receiver")
        .put("flags", "control bits of the TCP header")
        .put("seq", "sequence number of its first byte, counted from the sender's SYN")
        .put("ack", "the next byte that the sender expects from the other end, counted alike")
        .put("len", "bytes of data, without headers")
        .put("win", "bytes that the sender is ready to receive")
        .put("seq_raw", "sequence number as it stands in the header")
        .put("ack_raw", "acknowledgement number as it stands in the header")
        .put("client_state", "state of the client's end after this segment (RFC 9293 §3.3.2)")
        .put("server_state", "state of the server's end after this segment (RFC 9293 §3.3.2)")
        .put("note", "what is worth saying about it");
    table("states")
        .put("endpoint", "whose state it is")
        .put("from", "the state before")
        .put("event", "what made it change")
        .put("to", "the state after");
    table("tls")
        .put("frame", "number of the frame in which its last byte arrives")
        .put("type", "name of the message in the RFC")
        .put("version", "version of TLS, as far as it is settled by then")
        .put("length", "bytes of the message's body, without its header")
        .put("offset", "where its record begins in the sender's stream of bytes")
        .put("seq", "relative sequence number of the segment that carries its first byte")
        .put("ack", "relative acknowledgement number in that segment")
        .put("encrypted", "whether it travelled encrypted")
        .put("decrypted", "whether the keys are known, so that its plaintext is shown")
        .put("summary", "what it says, in one line");
    table("fields")
        .put("message", "row of the message in the tls table, from 0")
        .put("path", "where the field stands in the message")
        .put("offset", "bytes from the start of the message, its header included")
        .put("length", "bytes of the field")
        .put("hex", "the bytes themselves")
        .put("value", "what they say")
        .put("meaning", "what that means");
    table("chain")
        .put("index", "0 is the end user's certificate; each is signed by the next")
        .put("category", "End user, Intermediate or Root")
        .put("subject", "whom the certificate is about")
        .put("issuer", "who signed it")
        .put("serial", "the issuer's number for it")
        .put("not_before", "valid from (UTC)")
        .put("not_after", "valid until (UTC)")
        .put("key", "the subject's public key")
        .put("signature_algorithm", "how the issuer signed")
        .put("der_sha256", "SHA-256 of the whole certificate")
        .put("sent", "whether the server sent it")
        .put("trusted", "whether it is in the trust store");
    table("verify")
        .put("link", "index of the certificate whose signature is checked")
        .put("step", "number of the step, from 1")
        .put("name", "short name of the step, for --step")
        .put("python", "the line of Python that it mirrors")
        .put("value", "what comes out")
        .put("ok", "whether the check came out true; empty where nothing is decided");
    table("dns")
        .put("id", "number that a query and its response share")
        .put("query", "the name that was asked for")
        .put("type", "what was asked about it: A = IPv4 address, AAAA = IPv6 address")
        .put("answer", "what the response says; empty in a query")
        .put("ttl", "seconds for which the answer may be kept")
        .put("rcode", "result of the query: NOERROR, NXDOMAIN = there is no such name")
        .put("rtt_ms", "milliseconds from the query to this response");
    table("http")
        .put("frame", "number of the frame in which the head ends")
        .put("line", "request line or status line; of HTTP/2 as it would look in HTTP/1.1")
        .put("header", "header fields, one on each line; trailers and notes in brackets last")
        .put("body_length", "bytes of the body that were seen");
    table("timings")
        .put("phase", "part of the visit")
        .put("start", "seconds since the first frame of the capture")
        .put("end", "seconds since the first frame of the capture")
        .put("ms", "how long it took, in milliseconds")
        .put("round_trips", "how often one end had to wait for the other");
  }

  private Meanings() {}

  static boolean isKnown(@Nullable String table) {
    return table != null && TABLES.containsKey(table);
  }

  /** Empty for a column that somebody else has made. */
  static String of(@Nullable String table, String column) {
    Map<String, String> own = table == null ? null : TABLES.get(table);
    if (own == null) {
      return "";
    }
    String meaning = own.get(column);
    return meaning != null ? meaning : COMMON.getOrDefault(column, "");
  }

  private static Put table(String name) {
    Map<String, String> columns = new HashMap<>();
    TABLES.put(name, columns);
    return new Put(columns);
  }

  private record Put(Map<String, String> columns) {
    Put put(String column, String meaning) {
      columns.put(column, meaning);
      return this;
    }
  }
}
