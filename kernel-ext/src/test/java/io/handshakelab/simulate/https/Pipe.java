package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Hex;
import io.handshakelab.lab.KeyLog;
import io.handshakelab.lab.LabAuthority;
import io.handshakelab.lab.LoggingCrypto;
import io.handshakelab.lab.Repeatable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two TLS ends that talk to each other without a network; what they say is kept. */
final class Pipe {
  static final String HOST = "www.lab.test";

  final KeyLog keyLog = new KeyLog();
  final VirtualServer.Sessions sessions = new VirtualServer.Sessions();
  final StringBuilder said = new StringBuilder();
  final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
  final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
  private final long seed;
  private final TlsChoice choice;
  private final Instant now;
  private @Nullable TlsEnd client;
  private @Nullable TlsEnd server;
  private @Nullable VirtualClient clientPeer;

  Pipe(long seed, TlsChoice choice, Instant now) {
    this.seed = seed;
    this.choice = choice;
    this.now = now;
  }

  TlsEnd client() {
    return Objects.requireNonNull(client);
  }

  TlsEnd server() {
    return Objects.requireNonNull(server);
  }

  VirtualClient.@Nullable Ticket ticket() {
    return Objects.requireNonNull(clientPeer).ticketForNextTime();
  }

  void talk(String purpose, VirtualClient.@Nullable Ticket ticket) {
    LabAuthority authority = Identity.authority();
    clientPeer =
        new VirtualClient(
            new LoggingCrypto(Repeatable.random(seed, "client" + purpose), keyLog),
            HOST,
            choice,
            choice.clientAuth() ? Identity.client(seed, "client.lab.test") : null,
            ticket,
            new CertificateJudge(HOST, authority.rootDer(), now));
    TlsEnd there = TlsEnd.client(clientPeer);
    TlsEnd back =
        TlsEnd.server(
            new VirtualServer(
                new LoggingCrypto(Repeatable.random(seed, "server" + purpose), new KeyLog()),
                choice,
                choice.isEcdsa() ? Identity.ecServer(seed, HOST) : Identity.rsaServer(seed, HOST),
                sessions));
    client = there;
    server = back;
    carry(there, back);
    if (there.isConnected()) {
      there.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      carry(there, back);
      back.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      carry(there, back);
      there.close();
      carry(there, back);
    }
  }

  private void carry(TlsEnd client, TlsEnd server) {
    for (int i = 0; i < 20; i++) {
      byte[] there = client.toSend();
      toServer.writeBytes(there);
      byte[] atServer = server.received(there);
      byte[] back = server.toSend();
      toClient.writeBytes(back);
      byte[] atClient = client.received(back);
      said.append(new String(atServer, StandardCharsets.US_ASCII))
          .append(new String(atClient, StandardCharsets.US_ASCII));
    }
  }

  String trace() {
    return Hex.of(toServer.toByteArray()) + "\n" + Hex.of(toClient.toByteArray());
  }
}
