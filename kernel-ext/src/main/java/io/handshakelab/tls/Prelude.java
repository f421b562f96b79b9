package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What two ends said in the clear before they began with TLS, named by its words.
 *
 * @param names such as {@code SMTP, STARTTLS}, the outermost first
 */
record Prelude(List<String> names) {
  /** Octets at either end of a talk in which its words are looked for. */
  private static final int LOOK = 4096;

  Prelude {
    names = List.copyOf(names);
  }

  static Prelude of(Bytes client, Bytes server) {
    List<String> names = new ArrayList<>();
    Bytes asked = proxyHeader(client, names);
    Bytes answered = server;
    if (text(asked).startsWith("CONNECT ") && text(answered).startsWith("HTTP/1.")) {
      names.add("HTTP, CONNECT");
      asked = behindHead(asked);
      answered = behindHead(answered);
    } else {
      int socks = socks(asked, answered);
      if (socks > 0) {
        names.add("SOCKS" + socks);
      }
    }
    String protocol = protocol(asked, answered);
    if (!protocol.isEmpty()) {
      names.add(protocol);
    }
    return new Prelude(names);
  }

  boolean isKnown() {
    return !names.isEmpty();
  }

  /** For the summary of the ClientHello, which comes behind so many octets. */
  String note(int octets) {
    String what = isKnown() ? String.join(", then ", names) : "something in the clear";
    return "after " + octets + " bytes of " + what;
  }

  /** The header by which a load balancer tells who is calling (PROXY protocol, 1 and 2). */
  private static Bytes proxyHeader(Bytes client, List<String> names) {
    if (client.startsWith(Bytes.utf8("PROXY "))) {
      names.add("PROXY protocol 1");
      int end = client.indexOf('\n', 0);
      return end < 0 ? Bytes.EMPTY : client.from(end + 1);
    }
    if (client.length() >= 16 && client.startsWith(Bytes.fromHex("0d0a0d0a000d0a515549540a"))) {
      names.add("PROXY protocol 2");
      return client.from(Math.min(client.length(), 16 + client.u16(14)));
    }
    return client;
  }

  private static Bytes behindHead(Bytes message) {
    int end = text(message).indexOf("\r\n\r\n");
    return end < 0 ? Bytes.EMPTY : message.from(end + 4);
  }

  /** 4, 5 (RFC 1928), or 0. */
  private static int socks(Bytes client, Bytes server) {
    if (client.length() >= 9
        && client.u16(0) == 0x0401
        && server.length() >= 8
        && server.u16(0) == 0x005a) {
      return 4;
    }
    return client.length() >= 3
            && client.u8(0) == 5
            && client.u8(1) > 0
            && client.length() >= 2 + client.u8(1)
            && server.length() >= 2
            && server.u8(0) == 5
            && server.u8(1) != 0xff
        ? 5
        : 0;
  }

  private static String protocol(Bytes client, Bytes server) {
    String binary = binaryProtocol(client, server);
    return binary.isEmpty() ? textProtocol(text(client), text(server)) : binary;
  }

  private static String binaryProtocol(Bytes client, Bytes server) {
    // StartTLS: an extended request with this name (RFC 4511 §4.14.1).
    if (client.length() > 2
        && client.u8(0) == 0x30
        && text(client).contains("1.3.6.1.4.1.1466.20037")) {
      return "LDAP, StartTLS";
    }
    // SSLRequest: length 8, code 80877103; refused encryptions may come before it.
    if (client.length() >= 8
        && client.from(client.length() - 8).equals(Bytes.fromHex("0000000804d2162f"))) {
      return "PostgreSQL, SSLRequest";
    }
    // A greeting of protocol 10, answered by an SSLRequest of 32 octets (21 in the old form).
    if (server.length() > 5
        && server.u8(3) == 0
        && server.u8(4) == 10
        && client.length() >= 9
        && client.u8(3) == 1
        && (client.u8(5) & 0x08) != 0) {
      return "MySQL, SSLRequest";
    }
    // A connection request of X.224 in a TPKT.
    if (client.length() >= 11 && client.u16(0) == 0x0300 && client.u8(5) == 0xe0) {
      return "RDP";
    }
    if (client.startsWith(Bytes.fromHex("414d515002"))) {
      return "AMQP, TLS header";
    }
    return client.startsWith(Bytes.utf8("RFB ")) ? "RFB (VeNCrypt)" : "";
  }

  private static String textProtocol(String client, String server) {
    String asked = client.toUpperCase(Locale.ROOT);
    String end = asked.stripTrailing();
    if (asked.contains("<STARTTLS")) {
      return "XMPP, STARTTLS";
    }
    if (end.endsWith("STLS") && server.startsWith("+OK")) {
      return "POP3, STLS";
    }
    if (end.endsWith("AUTH TLS") || end.endsWith("AUTH SSL") || end.endsWith("AUTH TLS-C")) {
      return "FTP, " + end.substring(end.lastIndexOf("AUTH"));
    }
    if (end.endsWith("STARTTLS")) {
      return startTls(asked, server) + "STARTTLS";
    }
    return asked.contains("UPGRADE: TLS/") ? "HTTP, Upgrade" : "";
  }

  private static String startTls(String asked, String server) {
    if (server.startsWith("* ")) {
      return "IMAP, ";
    }
    if (server.startsWith("\"") || server.contains("\"STARTTLS\"")) {
      return "ManageSieve, ";
    }
    if (server.startsWith("200") || server.startsWith("201") || server.contains("\n382 ")) {
      return "NNTP, ";
    }
    if (asked.contains("LHLO ")) {
      return "LMTP, ";
    }
    return server.startsWith("220") || asked.contains("EHLO") ? "SMTP, " : "";
  }

  /** What stands at both ends of it, one character for each octet. */
  private static String text(Bytes bytes) {
    return bytes.length() <= 2 * LOOK
        ? bytes.latin1()
        : bytes.slice(0, LOOK).latin1() + bytes.from(bytes.length() - LOOK).latin1();
  }
}
