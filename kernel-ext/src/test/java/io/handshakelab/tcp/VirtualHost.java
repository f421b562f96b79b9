package io.handshakelab.tcp;

import io.handshakelab.capture.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A network namespace behind a pair of virtual network cards, with a peer in it if wanted. */
final class VirtualHost implements AutoCloseable {
  private static final String HERE = "198.18.77.1";
  private static final String THERE = "198.18.77.2";
  private static final String NOBODY = "02:00:00:00:00:99";

  private final String name = "hl" + ProcessHandle.current().pid();
  private @Nullable Process peer;
  private @Nullable BufferedReader said;

  /** Needs root, as the machine of the tests is. */
  static VirtualHost make(boolean withPeer) throws IOException {
    VirtualHost host = new VirtualHost();
    try {
      host.connect();
      if (withPeer) {
        host.startPeer();
      } else {
        host.loseWhatIsSent();
      }
    } catch (AssertionError | IOException e) {
      host.close();
      throw e;
    }
    return host;
  }

  String device() {
    return name + "a";
  }

  InetAddress here() throws IOException {
    return InetAddress.getByName(HERE);
  }

  InetAddress there() throws IOException {
    return InetAddress.getByName(THERE);
  }

  /** From now on the frames go to a hardware address that nobody has. */
  void loseWhatIsSent() {
    Tools.run("ip", "neigh", "replace", THERE, "lladdr", NOBODY, "dev", device());
  }

  void loseNothing() {
    Tools.run("ip", "neigh", "replace", THERE, "lladdr", "02:00:00:00:00:02", "dev", device());
  }

  void order(String line) throws IOException {
    Process running = java.util.Objects.requireNonNull(peer);
    running.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    running.getOutputStream().flush();
  }

  void await(String word) throws IOException {
    String line = java.util.Objects.requireNonNull(said).readLine();
    if (!word.equals(line)) {
      throw new AssertionError("the peer said " + line + " and not " + word);
    }
  }

  @Override
  public void close() {
    Process running = peer;
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(5, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Tools.tryToRun("ip", "netns", "delete", name); // and with it both cards
    Tools.tryToRun("ip", "link", "delete", device());
  }

  private void connect() {
    Tools.run("ip", "netns", "add", name);
    Tools.run(
        "ip",
        "link",
        "add",
        device(),
        "address",
        "02:00:00:00:00:01",
        "type",
        "veth",
        "peer",
        "name",
        name + "b",
        "address",
        "02:00:00:00:00:02",
        "netns",
        name);
    Tools.run("ip", "addr", "add", HERE + "/30", "dev", device());
    Tools.run("ip", "link", "set", device(), "up");
    Tools.run("ip", "-n", name, "addr", "add", THERE + "/30", "dev", name + "b");
    Tools.run("ip", "-n", name, "link", "set", name + "b", "up");
  }

  private void startPeer() throws IOException {
    Process started =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                name,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PeerMain.class.getName(),
                THERE,
                "4711")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    peer = started;
    said =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    await("ready");
  }
}
