package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SocketTableTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void bothEndsOfAConnectionAreInTheTableWithRfcNames() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket client = new Socket(LOOPBACK, server.getLocalPort());
        Socket accepted = server.accept()) {
      InetSocketAddress here = (InetSocketAddress) client.getLocalSocketAddress();
      InetSocketAddress there = (InetSocketAddress) client.getRemoteSocketAddress();
      assertThat(SocketTable.read())
          .contains(
              new SocketTable.Entry(here, there, "ESTABLISHED"),
              new SocketTable.Entry(there, here, "ESTABLISHED"))
          .anyMatch(
              entry ->
                  entry.local().getPort() == server.getLocalPort()
                      && entry.state().equals("LISTEN")
                      && entry.remote().getPort() == 0);
      assertThat(SocketTable.read())
          .filteredOn(entry -> entry.local().getPort() == client.getLocalPort())
          .filteredOn(entry -> entry.remote().getPort() == server.getLocalPort())
          .isNotEmpty()
          .allMatch(entry -> entry.local().getAddress() instanceof Inet4Address);
      client.shutdownOutput();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      // The FIN may be acknowledged a little later (RFC 9293 §3.8.6.3).
      until(() -> SocketTable.read().contains(new SocketTable.Entry(here, there, "FIN-WAIT-2")));
      assertThat(SocketTable.read()).contains(new SocketTable.Entry(there, here, "CLOSE-WAIT"));
    }
  }

  @Test
  void theTableSaysWhatSsSays() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket client = new Socket(LOOPBACK, server.getLocalPort())) {
      // A port alone does not name a connection: an earlier one may still be in TIME-WAIT on it.
      String ports = "( sport = :%d and dport = :%d )";
      String there = ports.formatted(client.getLocalPort(), server.getLocalPort());
      String back = ports.formatted(server.getLocalPort(), client.getLocalPort());
      List<String> ss =
          Tools.lines("ss", "-Htan", there + " or " + back).stream()
              .map(line -> line.split("\\s+"))
              .map(part -> part[3] + " " + part[4] + " " + part[0].replace("ESTAB", "ESTABLISHED"))
              .map(text -> text.replace("[::ffff:127.0.0.1]", "127.0.0.1"))
              .toList();
      assertThat(ss).hasSize(2);
      assertThat(SocketTable.read().stream().map(SocketTableTest::text)).containsAll(ss);
    }
  }

  @Test
  void theSamplerReadsEachStateOfAWatchedPortOnce() throws IOException {
    long before = WallClock.nanos();
    try (SocketSampler sampler = SocketSampler.start();
        ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      sampler.watch(server.getLocalPort());
      until(() -> states(sampler, server.getLocalPort()).contains("LISTEN"));
      int port;
      try (Socket client = new Socket(LOOPBACK, server.getLocalPort());
          Socket accepted = server.accept()) {
        port = client.getLocalPort();
        until(() -> states(sampler, port).contains("ESTABLISHED"));
        client.shutdownOutput();
        until(() -> states(sampler, port).contains("FIN-WAIT-2"));
        accepted.shutdownOutput();
        until(() -> states(sampler, port).contains("TIME-WAIT"));
      }
      List<SocketReading> readings = sampler.finish();
      // How short the other states are depends on the machine.
      assertThat(states(sampler, port))
          .containsSubsequence("ESTABLISHED", "FIN-WAIT-2", "TIME-WAIT")
          .endsWith("TIME-WAIT")
          .isSubsetOf("SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT")
          .doesNotHaveDuplicates();
      assertThat(readings)
          .allSatisfy(r -> assertThat(r.untilNanos()).isBetween(r.fromNanos(), WallClock.nanos()))
          .allSatisfy(r -> assertThat(r.fromNanos()).isGreaterThanOrEqualTo(before));
    }
  }

  @Test
  void rowsOfIpv6AndHalfOpenSocketsAreUnderstood() {
    SocketLine line = new SocketLine();
    String row =
        "   3: 0000000000000000FFFF00000100007F:1F90 B80D0120000000000000000001000000:C350 0C 0";
    byte[] text = row.getBytes(StandardCharsets.US_ASCII);
    assertThat(line.parse(text, 0, text.length)).isTrue();
    assertThat(line.local().toString()).isEqualTo("/127.0.0.1:8080");
    assertThat(line.remote().toString()).isEqualTo("/[2001:db8:0:0:0:0:0:1]:50000");
    assertThat(line.state()).isEqualTo("SYN-RCVD");
    for (int length = 0; length < text.length; length++) {
      if (line.parse(text, 0, length)) {
        assertThat(line.entry().state()).isEqualTo("SYN-RCVD");
      }
    }
  }

  private static List<String> states(SocketSampler sampler, int localPort) {
    return sampler.readings().stream()
        .filter(reading -> reading.local().getPort() == localPort)
        .map(SocketReading::state)
        .toList();
  }

  private static String text(SocketTable.Entry entry) {
    return text(entry.local()) + " " + text(entry.remote()) + " " + entry.state();
  }

  private static String text(InetSocketAddress socket) {
    return socket.getAddress().getHostAddress() + ":" + socket.getPort();
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
