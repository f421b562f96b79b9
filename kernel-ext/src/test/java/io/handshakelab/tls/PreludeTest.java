package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpAnalysis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS that begins within a connection: real clients, on ports that say nothing. */
class PreludeTest {
  private static final String SUCCESS_OF_LDAP = "0\f\2\1\1x\7\n\1\0\4\0\4\0";
  private static final String GREETING_OF_MYSQL =
      "N\0\0\0\n8.0.36-lab\0\u0008\0\0\0abcdefgh\0\u00ff\u00ff!\2\0\u00ff\u00df\u0015"
          + "\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0caching_sha2_password\0";

  /** What the server says to openssl's own STARTTLS, by its name of the protocol. */
  private static final Map<String, List<String>> SCRIPTS = new LinkedHashMap<>();

  /** What we call it. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    script("smtp", "SMTP, STARTTLS", "> 220-lab\r\n220 ESMTP\r\n", "< EHLO");
    more("smtp", "> 250-lab\r\n250-SIZE\r\n250 STARTTLS\r\n", "< STARTTLS\r\n", "> 220 go\r\n");
    script("lmtp", "LMTP, STARTTLS", "> 220 LMTP\r\n", "< LHLO", "> 250-lab\r\n250 STARTTLS\r\n");
    more("lmtp", "< STARTTLS\r\n", "> 220 go\r\n");
    script("imap", "IMAP, STARTTLS", "> * OK lab\r\n", "< CAPABILITY\r\n");
    more("imap", "> * CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n", "< STARTTLS\r\n");
    more("imap", "> . OK go\r\n");
    script("pop3", "POP3, STLS", "> +OK lab\r\n", "< STLS\r\n", "> +OK go\r\n");
    script("ftp", "FTP, AUTH TLS", "> 220 lab\r\n", "< AUTH TLS\r\n", "> 234 go\r\n");
    String features = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>";
    script("xmpp", "XMPP, STARTTLS", "< version='1.0'>");
    more("xmpp", "> <stream:stream id='1'>" + features + "</starttls></stream:features>");
    more("xmpp", "< xmpp-tls'/>", "> <proceed xmlns='x'/>");
    script("postgres", "PostgreSQL, SSLRequest", "< \u0004\u00d2\u0016/", "> S");
    script("nntp", "NNTP, STARTTLS", "> 200 lab\r\n", "< CAPABILITIES\r\n");
    more("nntp", "> 101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n", "< STARTTLS\r\n", "> 382 go\r\n");
    script(
        "sieve", "ManageSieve, STARTTLS", "> \"IMPLEMENTATION\" \"lab\"\r\n\"STARTTLS\"\r\nOK\r\n");
    more("sieve", "< STARTTLS\r\n", "> OK go\r\n");
    script("ldap", "LDAP, StartTLS", "< 1.3.6.1.4.1.1466.20037", "> " + SUCCESS_OF_LDAP);
    script("mysql", "MySQL, SSLRequest", "> " + GREETING_OF_MYSQL, "< " + "\0".repeat(23));
    script("proxy", "HTTP, CONNECT", "< \r\n\r\n", "> HTTP/1.0 200 Go\r\nVia: lab\r\n\r\n");
    script("--socks5", "SOCKS5", "< \5", "< \0", "> \5\0", "< \5\1\0\1");
    more("--socks5", "< \u007f\0\0\1", "< \u0001\u00bb", "> \5\0\0\1\0\0\0\0\0\0");
    script("--socks4", "SOCKS4", "< \4\1\u0001\u00bb\u007f\0\0\1", "< \0", "> \0Z\0\0\0\0\0\0");
    script("--haproxy-protocol", "PROXY protocol 1", "< \r\n");
  }

  @TempDir static Path directory;

  private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
  private static Path file;
  private static Path keyLog;
  private static Capture capture;
  private static TcpAnalysis tcp;
  private static TlsAnalysis tls;
  private static int turned;

  private static void script(String protocol, String name, String... lines) {
    SCRIPTS.put(protocol, new ArrayList<>(List.of(lines)));
    NAMES.put(protocol, name);
  }

  private static void more(String protocol, String... lines) {
    of(SCRIPTS, protocol).addAll(List.of(lines));
  }

  private static <T> T of(Map<String, T> all, String protocol) {
    return Objects.requireNonNull(all.get(protocol), protocol);
  }

  @BeforeAll
  static void talk() throws Exception {
    try (OpensslTalks talks = new OpensslTalks(directory, SCRIPTS.size() + 2)) {
      file = talks.capture();
      keyLog = talks.keyLog();
      for (String protocol : SCRIPTS.keySet()) {
        PORTS.put(protocol, talks.freePort());
      }
      turned = talks.freePort();
      try (OpensslTalks.Server server = talks.server()) {
        for (String protocol : SCRIPTS.keySet()) {
          List<String> script = of(SCRIPTS, protocol);
          try (PreludeRelay relay = new PreludeRelay(of(PORTS, protocol), server.port(), script)) {
            speak(protocol, relay.address(), server);
          }
        }
        speakTurned(server);
      }
    }
    capture = CaptureFiles.read(file).withSecrets(Secrets.ofKeyLog(Files.readString(keyLog)));
    tcp = TcpAnalysis.of(capture);
    tls = TlsAnalysis.of(tcp);
  }

  private static void speak(String protocol, String at, OpensslTalks.Server server)
      throws Exception {
    if (protocol.startsWith("--socks")) {
      Tools.tryToRun("curl", "-ks", protocol, at, "https://127.0.0.1:443/");
    } else if (protocol.startsWith("--")) {
      Tools.tryToRun("curl", "-ks", protocol, "https://" + at + "/");
    } else if (protocol.equals("proxy")) {
      server.clientAt("www.lab.test:443", List.of("-proxy", at));
    } else {
      server.clientAt(at, List.of("-starttls", protocol));
    }
  }

  /** As in active FTP: the end that opens the connection is the server of TLS. */
  private static void speakTurned(OpensslTalks.Server server) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket listening = new ServerSocket(turned, 1, loopback);
        ServerSocket forClient = new ServerSocket(0, 1, loopback)) {
      Thread relay =
          PreludeRelay.start(
              () -> {
                try (Socket opening = new Socket(loopback, turned);
                    Socket accepted = listening.accept();
                    Socket fromClient = forClient.accept();
                    Socket toServer = new Socket(loopback, server.port())) {
                  PreludeRelay.start(() -> spliceQuietly(opening, toServer));
                  PreludeRelay.splice(fromClient, accepted);
                } catch (java.io.IOException e) {
                  // The test sees that nothing came.
                }
              });
      server.clientAt("127.0.0.1:" + forClient.getLocalPort(), List.of());
      relay.join(60_000);
    }
  }

  private static void spliceQuietly(Socket one, Socket other) {
    try {
      PreludeRelay.splice(one, other);
    } catch (java.io.IOException e) {
      // One end was faster.
    }
  }

  @Test
  void tlsIsFoundBehindEachTalkAndOpened() {
    for (String protocol : SCRIPTS.keySet()) {
      List<TlsMessage> messages = at(of(PORTS, protocol));
      assertThat(messages).as(protocol).isNotEmpty();
      TlsMessage hello = messages.get(0);
      assertThat(hello.type()).as(protocol).isEqualTo("ClientHello");
      assertThat(hello.summary())
          .as(protocol)
          .endsWith(", after " + hello.offset() + " bytes of " + NAMES.get(protocol));
      assertThat(messages)
          .as(protocol)
          .filteredOn(m -> m.type().equals("Finished"))
          .hasSize(2)
          .allMatch(m -> m.summary().endsWith("verify_data checked: correct"));
      assertThat(messages).as(protocol).noneMatch(m -> m.encrypted() && !m.decrypted());
    }
    assertThat(tls.warnings()).isEmpty();
  }

  @Test
  void theEndThatOpensTheConnectionNeedNotBeTheClientOfTls() {
    List<TlsMessage> messages = at(turned);
    assertThat(messages.get(0).type()).isEqualTo("ClientHello");
    assertThat(messages.get(0).sender()).isEqualTo(Sender.SERVER);
    assertThat(messages)
        .filteredOn(m -> m.type().equals("Finished"))
        .extracting(m -> m.sender() + (m.summary().endsWith("correct") ? " right" : " wrong"))
        .containsExactly("CLIENT right", "SERVER right");
  }

  @Test
  void tsharkFindsTheSameMessagesWhenItIsToldThePorts() {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file + "", "-T", "fields"));
    command.addAll(List.of("-o", "tls.keylog_file:" + keyLog, "-Y", "tls.handshake"));
    command.addAll(List.of("-e", "frame.number", "-e", "tls.handshake.type"));
    Map<String, String> dissectors = new TreeMap<>();
    dissectors.put("smtp", "smtp");
    dissectors.put("imap", "imap");
    dissectors.put("pop3", "pop");
    dissectors.put("ftp", "ftp");
    dissectors.put("xmpp", "xmpp");
    dissectors.put("postgres", "pgsql");
    dissectors.put("ldap", "ldap");
    dissectors.put("mysql", "mysql");
    dissectors.forEach(
        (protocol, dissector) ->
            command.addAll(List.of("-d", "tcp.port==" + of(PORTS, protocol) + "," + dissector)));
    Map<Integer, String> theirs = new TreeMap<>();
    for (String line : Tools.lines(command.toArray(String[]::new))) {
      String[] f = line.split("\t", -1);
      theirs.put(Integer.valueOf(f[0]), f[1]);
    }
    for (String protocol : dissectors.keySet()) {
      Map<Integer, String> ours = new TreeMap<>();
      for (TlsMessage m : at(of(PORTS, protocol))) {
        if (m.bytes().length() > 4 && !List.of("ApplicationData", "Alert").contains(m.type())) {
          ours.merge(m.frame(), m.bytes().u8(0) + "", (a, b) -> a + "," + b);
        }
      }
      assertThat(ours).as(protocol).isNotEmpty();
      ours.forEach((frame, types) -> assertThat(theirs).as(protocol).containsEntry(frame, types));
    }
  }

  private static List<TlsMessage> at(int port) {
    return tls.messages().stream()
        .filter(m -> tcp.connections().get(m.connection()).server().port() == port)
        .toList();
  }
}
