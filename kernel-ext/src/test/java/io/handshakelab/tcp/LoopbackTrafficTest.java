package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.FreePorts;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections of this machine's own TCP, captured by tcpdump, as tshark and as we read them. */
@Timeout(200)
class LoopbackTrafficTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path dir;

  /** What the end that was connected to does. */
  private interface Server {
    void serve(Socket socket) throws Exception;
  }

  @Test
  void aRequestAndALargeAnswer() throws Exception {
    TcpAnalysis tcp =
        captured(
            socket -> {
              socket.getInputStream().readNBytes(5);
              socket.getOutputStream().write(new byte[300_000]);
              socket.close();
            },
            socket -> {
              write(socket, "hello");
              assertThat(socket.getInputStream().readAllBytes()).hasSize(300_000);
              socket.close();
            });
    Connection connection = tcp.connections().get(0);
    assertThat(connection.openingSeen()).isTrue();
    assertThat(connection.fromClient().bytes().latin1()).isEqualTo("hello");
    assertThat(connection.fromServer().bytes().length()).isEqualTo(300_000);
    assertThat(connection.fromServer().cutOff()).isFalse();
    assertThat(last(tcp)).isEqualTo("CLOSED TIME_WAIT");
  }

  @Test
  void aHalfCloseByTheClient() throws Exception {
    TcpAnalysis tcp =
        captured(
            socket -> {
              assertThat(socket.getInputStream().readAllBytes()).hasSize(8);
              write(socket, "answer behind the FIN");
              socket.close();
            },
            socket -> {
              write(socket, "question");
              socket.shutdownOutput();
              assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
              socket.close();
            });
    assertThat(notes(tcp)).contains("half-close: the server still sends");
    assertThat(last(tcp)).isEqualTo("TIME_WAIT CLOSED");
    assertThat(tcp.transitions())
        .filteredOn(t -> t.endpoint() == Sender.CLIENT)
        .extracting(Transition::to)
        .containsExactly(
            TcpState.SYN_SENT,
            TcpState.ESTABLISHED,
            TcpState.FIN_WAIT_1,
            TcpState.FIN_WAIT_2,
            TcpState.TIME_WAIT);
  }

  @Test
  void aReset() throws Exception {
    TcpAnalysis tcp =
        captured(
            socket -> {
              socket.getInputStream().readNBytes(5);
              socket.setSoLinger(true, 0);
              socket.close();
            },
            socket -> {
              write(socket, "hello");
              try (InputStream in = socket.getInputStream()) {
                assertThat(in.read()).isNegative();
              } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
              }
            });
    assertThat(notes(tcp)).contains("RST: the connection is aborted");
    assertThat(last(tcp)).isEqualTo("CLOSED CLOSED");
  }

  @Test
  void aRefusedConnection() throws Exception {
    int port = FreePorts.take();
    Path file = dir.resolve("refused.pcap");
    try (Tcpdump tcpdump = Tcpdump.start(file, "tcp port " + port)) {
      try (Socket socket = new Socket(LOOPBACK, port)) {
        throw new AssertionError("somebody listens: " + socket);
      } catch (ConnectException expected) {
        tcpdump.await(seen -> seen.segments().size() == 2);
      }
    }
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
    assertThat(TsharkOracle.compare(file, tcp)).isEqualTo(2);
    assertThat(notes(tcp)).contains("RST: the connection is refused");
    assertThat(tcp.transitions())
        .extracting(Transition::to)
        .containsExactly(TcpState.SYN_SENT, TcpState.CLOSED);
  }

  private TcpAnalysis captured(Server server, Server client) throws Exception {
    Path file = dir.resolve("loopback.pcap");
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        Tcpdump tcpdump = Tcpdump.start(file, "tcp port " + listener.getLocalPort())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket.setSoTimeout(60_000);
                  server.serve(socket);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      try (Socket socket = new Socket(LOOPBACK, listener.getLocalPort())) {
        socket.setSoTimeout(60_000);
        client.serve(socket);
      }
      served.get();
      tcpdump.await(LoopbackTrafficTest::isOver);
    }
    TcpAnalysis tcp = TcpAnalysis.of(CaptureFiles.read(file));
    assertThat(TsharkOracle.compare(file, tcp)).isGreaterThan(4);
    assertThat(tcp.connections()).hasSize(1);
    return tcp;
  }

  private static boolean isOver(TcpAnalysis tcp) {
    return tcp.segments().size() > 0 && last(tcp).matches("(CLOSED|TIME_WAIT) (CLOSED|TIME_WAIT)");
  }

  private static void write(Socket socket, String text) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String last(TcpAnalysis tcp) {
    int row = tcp.segments().size() - 1;
    return tcp.segments().clientState(row) + " " + tcp.segments().serverState(row);
  }

  private static String notes(TcpAnalysis tcp) {
    StringBuilder notes = new StringBuilder();
    for (int i = 0; i < tcp.segments().size(); i++) {
      notes.append(tcp.segments().note(i)).append('\n');
    }
    return notes.toString();
  }
}
