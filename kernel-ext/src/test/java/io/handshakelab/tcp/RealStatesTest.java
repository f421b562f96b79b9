package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.capture.SocketSampler;
import io.handshakelab.capture.Tools;
import io.handshakelab.capture.Vantage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** States of this machine's own TCP: as inferred from tcpdump, as ss and /proc/net/tcp say. */
@Timeout(200)
class RealStatesTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path dir;

  @Test
  void aHalfCloseStepByStepIsWhatSsSays() throws Exception {
    Path file = dir.resolve("half.pcap");
    List<String> told = new ArrayList<>();
    List<SocketReading> readings;
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        SocketSampler sampler = SocketSampler.start();
        Tcpdump tcpdump = Tcpdump.start(file, "tcp port " + listener.getLocalPort())) {
      int server = listener.getLocalPort();
      sampler.watch(server);
      try (Socket client = new Socket(LOOPBACK, server);
          Socket accepted = listener.accept()) {
        int port = client.getLocalPort();
        told.add(ssOnce("ESTABLISHED ESTABLISHED", port, server));
        client.shutdownOutput();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        // The acknowledgement may be delayed.
        told.add(ssOnce("FIN-WAIT-2 CLOSE-WAIT", port, server));
        accepted.getOutputStream().write(new byte[100]);
        client.getInputStream().readNBytes(100);
        closeNow(accepted);
        told.add(ssOnce("TIME-WAIT CLOSED", port, server));
      }
      tcpdump.await(seen -> last(seen).equals("TIME-WAIT CLOSED"));
      readings = sampler.finish();
    }
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
    assertThat(told)
        .containsExactly("ESTABLISHED ESTABLISHED", "FIN-WAIT-2 CLOSE-WAIT", "TIME-WAIT CLOSED");
    assertThat(states(tcp)).containsSubsequence(told);
    assertThat(fitting(tcp, readings)).isGreaterThan(1); // those that last: the rest is too short
  }

  @Test
  void aResetInMidStreamClosesBothEndsAtOnce() throws Exception {
    Path file = dir.resolve("reset.pcap");
    String after;
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        Tcpdump tcpdump = Tcpdump.start(file, "tcp port " + listener.getLocalPort())) {
      int server = listener.getLocalPort();
      try (Socket client = new Socket(LOOPBACK, server);
          Socket accepted = listener.accept()) {
        client.getOutputStream().write(new byte[1000]);
        accepted.getInputStream().readNBytes(1000);
        accepted.setSoLinger(true, 0);
        closeNow(accepted);
        after = ssOnce("CLOSED CLOSED", client.getLocalPort(), server);
      }
      tcpdump.await(seen -> last(seen).equals("CLOSED CLOSED"));
    }
    assertThat(after).isEqualTo("CLOSED CLOSED");
    assertThat(TcpAnalysis.of(CaptureFiles.read(file)).transitions())
        .extracting(t -> t.endpoint().label() + " " + t.event())
        .contains("server send RST", "client recv RST");
  }

  @Test
  void aNewSynEndsTimeWait() throws Exception {
    Path file = dir.resolve("reuse.pcap");
    String between;
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        Tcpdump tcpdump = Tcpdump.start(file, "tcp port " + listener.getLocalPort())) {
      int server = listener.getLocalPort();
      int client = talk(listener, 0);
      between = ssOnce("CLOSED TIME-WAIT", client, server);
      Thread.sleep(1100); // Linux wants a later timestamp, which counts in seconds
      talk(listener, client);
      tcpdump.await(seen -> seen.connections().size() == 2 && last(seen).startsWith("CLOSED"));
    }
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
    assertThat(between).isEqualTo("CLOSED TIME-WAIT");
    assertThat(tcp.transitions())
        .filteredOn(t -> t.connection() == 1 && t.endpoint() == Sender.SERVER)
        .first()
        .satisfies(
            t -> {
              assertThat(t.from()).isEqualTo(TcpState.TIME_WAIT);
              assertThat(t.event()).isEqualTo("recv new SYN");
              assertThat(t.to()).isEqualTo(TcpState.SYN_RCVD);
            });
  }

  @Test
  void aSynThatNobodyAnswersIsSentAgain() throws Exception {
    Path file = dir.resolve("unanswered.pcap");
    try (VirtualHost other = VirtualHost.make(false)) {
      String during;
      try (Tcpdump tcpdump = Tcpdump.start(file, other.device(), "tcp port 4711");
          Socket client = new Socket()) {
        client.bind(new InetSocketAddress(other.here(), 0));
        Thread connecting = connectLater(client, other.there());
        tcpdump.await(seen -> seen.segments().size() >= 2);
        during = ss(client.getLocalPort(), 4711);
        closeNow(client);
        connecting.join(5_000);
      }
      TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
      assertThat(during).isEqualTo("SYN-SENT CLOSED");
      assertThat(tcp.transitions())
          .extracting(t -> t.event() + " " + t.to().label())
          .containsExactly("send SYN SYN-SENT");
      assertThat(tcp.segments().note(1)).startsWith("retransmission");
      assertThat(tcp.segments().serverState(1)).isNull();
    }
  }

  @Test
  void twoFinsThatCrossLeadThroughClosing() throws Exception {
    Path file = dir.resolve("crossing.pcap");
    try (VirtualHost other = VirtualHost.make(true)) {
      List<String> told = new ArrayList<>();
      try (Tcpdump tcpdump = Tcpdump.start(file, other.device(), "tcp port 4711");
          Socket client = new Socket(other.there(), 4711)) {
        int port = client.getLocalPort();
        other.await("accepted");
        told.add(ssOnce("ESTABLISHED CLOSED", port, 4711));
        other.loseWhatIsSent();
        client.shutdownOutput();
        told.add(ssOnce("FIN-WAIT-1 CLOSED", port, 4711));
        other.order("close");
        other.await("closed");
        told.add(ssOnce("CLOSING CLOSED", port, 4711));
        other.loseNothing();
        // The later it is, the longer is the pause before the FIN is sent again.
        told.add(ssOnce("TIME-WAIT CLOSED", port, 4711));
        tcpdump.await(seen -> seen.segments().size() >= 8);
      }
      Capture capture = CaptureFiles.read(file).withVantage(Vantage.CLIENT);
      assertThat(told)
          .containsExactly(
              "ESTABLISHED CLOSED", "FIN-WAIT-1 CLOSED", "CLOSING CLOSED", "TIME-WAIT CLOSED");
      assertThat(TcpAnalysis.of(capture).transitions())
          .filteredOn(t -> t.endpoint() == Sender.CLIENT)
          .extracting(t -> t.to().label())
          .endsWith("ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT");
    }
  }

  private static void closeNow(Socket socket) throws java.io.IOException {
    socket.close();
  }

  /** One connection that the server closes first; the client's port. */
  private static int talk(ServerSocket listener, int clientPort) throws Exception {
    try (Socket client = new Socket()) {
      client.setReuseAddress(true);
      client.bind(new InetSocketAddress(LOOPBACK, clientPort));
      client.connect(listener.getLocalSocketAddress());
      int port = client.getLocalPort();
      try (Socket accepted = listener.accept()) {
        accepted.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      return port;
    }
  }

  private static Thread connectLater(Socket client, InetAddress there) {
    Thread thread =
        new Thread(
            () -> {
              try {
                client.connect(new InetSocketAddress(there, 4711), 10_000);
              } catch (java.io.IOException e) {
                // It is closed while it waits, and that is what this is about.
              }
            });
    thread.start();
    return thread;
  }

  /** What ss says as soon as it is this, or else after a minute. */
  private static String ssOnce(String expected, int client, int server) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    String told = ss(client, server);
    while (!told.equals(expected) && System.nanoTime() < deadline) {
      Thread.sleep(20);
      told = ss(client, server);
    }
    return told;
  }

  /**
   * What ss says of both ends, as far as they are on this host; CLOSED is what it does not know.
   */
  private static String ss(int client, int server) {
    return ss("sport = :%d and dport = :%d".formatted(client, server))
        + " "
        + ss("sport = :%d and dport = :%d".formatted(server, client));
  }

  private static String ss(String filter) {
    List<String> lines = Tools.lines("ss", "-Htan", "( " + filter + " )");
    return lines.isEmpty()
        ? "CLOSED"
        : lines.get(0).replaceFirst(" .*", "").replaceFirst("^ESTAB$", "ESTABLISHED");
  }

  /** How many readings of the kernel's table there are; none may contradict the segments. */
  private static int fitting(TcpAnalysis tcp, List<SocketReading> readings) {
    int count = 0;
    Connection connection = tcp.connections().get(0);
    for (SocketReading reading : readings) {
      for (Sender end : Sender.values()) {
        var local = end == Sender.CLIENT ? connection.client() : connection.server();
        if (reading.remote().getPort() != 0 && reading.local().getPort() == local.port()) {
          TcpState state = TcpState.valueOf(reading.state().replace('-', '_'));
          assertThat(
                  new Reconciliation(tcp.transitions(), end, false)
                      .contradicted(state, reading.fromNanos(), reading.untilNanos()))
              .as("%s of the %s in %s", state, end, tcp.transitions())
              .isNull();
          count++;
        }
      }
    }
    return count;
  }

  private static List<String> states(TcpAnalysis tcp) {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < tcp.segments().size(); i++) {
      states.add(label(tcp.segments().clientState(i)) + " " + label(tcp.segments().serverState(i)));
    }
    return states;
  }

  private static String last(TcpAnalysis tcp) {
    List<String> states = states(tcp);
    return states.isEmpty() ? "" : states.get(states.size() - 1);
  }

  private static String label(@org.jspecify.annotations.Nullable TcpState state) {
    return state == null ? "?" : state.label();
  }
}
