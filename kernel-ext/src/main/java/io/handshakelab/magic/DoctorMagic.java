package io.handshakelab.magic;

import io.handshakelab.capture.Availability;
import io.handshakelab.capture.SocketTable;
import io.handshakelab.capture.WireSource;
import io.handshakelab.magic.Checklist.Grade;
import io.handshakelab.magic.Checklist.Item;
import io.handshakelab.problem.Problem;
import java.awt.GraphicsEnvironment;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ResolverConfig;
import picocli.CommandLine.Command;

@Command(description = "Tells what works here, and what to do about the rest.")
final class DoctorMagic extends Magic {
  @Override
  Answer run() throws InterruptedException {
    List<Item> items = new ArrayList<>();
    items.add(java());
    items.add(kernel());
    items.add(fonts());
    items.add(capture());
    items.add(sockets());
    items.add(python());
    items.add(tool("tshark", "an independent reading to compare with", "apt-get install tshark"));
    items.add(tool("openssl", "some tests and exercises", "apt-get install openssl"));
    items.add(tool("nginx", "some tests", "apt-get install nginx-light"));
    items.add(nameService());
    items.add(network());
    Checklist list = new Checklist(items);
    return Answer.of(list).negativeIf(!list.good());
  }

  private static Item java() {
    Runtime.Version version = Runtime.version();
    String vendor = System.getProperty("java.vendor", "");
    boolean compiler =
        ModuleLayer.boot().findModule("jdk.jshell").isPresent()
            && ModuleLayer.boot().findModule("jdk.compiler").isPresent();
    if (!compiler) {
      return new Item(
          "Java", Grade.BAD, version + " without jdk.jshell", "install a JDK, not only a JRE");
    }
    return new Item("Java", Grade.GOOD, version + " " + vendor, "");
  }

  private Item kernel() {
    return new Item(
        "kernel", Grade.GOOD, session().isNotebook() ? "this notebook" : "not asked: a shell", "");
  }

  private static Item fonts() {
    try {
      int families =
          GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length;
      if (families > 0) {
        return new Item("fonts", Grade.GOOD, families + " families", "");
      }
      // Without fontconfig the JDK throws an Error or a RuntimeException, by version.
    } catch (RuntimeException | LinkageError e) {
      return noFonts();
    }
    return noFonts();
  }

  private static Item noFonts() {
    return new Item(
        "fonts", Grade.BAD, "none: no chart can be drawn", "apt-get install fonts-dejavu-core");
  }

  private static Item capture() {
    Availability wire = WireSource.probe();
    return wire.available()
        ? new Item("capture", Grade.GOOD, "packets: " + wire.reason(), "")
        : new Item(
            "capture",
            Grade.LESSER,
            wire.reason() + ": visits go through a recording relay, which sees no packets",
            wire.advice());
  }

  private static Item sockets() {
    return SocketTable.available()
        ? new Item("TCP states", Grade.GOOD, "read from /proc/net/tcp beside the inferred ones", "")
        : new Item(
            "TCP states",
            Grade.LESSER,
            "no /proc/net/tcp: none are read from the system, all are inferred from the packets",
            "use Linux, or a container, to see both");
  }

  private static Item python() throws InterruptedException {
    String python = PythonMagic.interpreter();
    try {
      Program.Result result =
          Program.run(
              List.of(python, "-c", "import cryptography; print(cryptography.__version__)"),
              null,
              "",
              Duration.ofSeconds(20));
      if (result.exit() == 0) {
        return new Item(
            "Python", Grade.GOOD, python + ", cryptography " + result.out().strip(), "");
      }
      return new Item(
          "Python",
          Grade.LESSER,
          python + " without the package cryptography: cells with %%python that use it fail",
          "run ./lab build, which makes the environment");
    } catch (Problem e) {
      return new Item(
          "Python",
          Grade.LESSER,
          e.whatHappened() + ": cells with %%python fail",
          "run ./lab build, which makes the environment");
    }
  }

  private static Item tool(String name, String use, String advice) {
    Optional<Path> path = Program.find(name);
    return path.isPresent()
        ? new Item(name, Grade.GOOD, path.get().toString(), "")
        : new Item(name, Grade.LESSER, "not installed; needed for " + use, advice);
  }

  private static Item nameService() {
    List<String> servers = new ArrayList<>();
    try {
      ResolverConfig.getCurrentConfig()
          .servers()
          .forEach(server -> servers.add(server.getAddress().getHostAddress()));
      InetAddress.getByName("localhost");
    } catch (UnknownHostException | RuntimeException e) {
      return new Item("name service", Grade.LESSER, "localhost has no address", "see /etc/hosts");
    }
    return servers.isEmpty()
        ? new Item(
            "name service",
            Grade.LESSER,
            "no name server is configured: only names under lab.test",
            "see /etc/resolv.conf")
        : new Item("name service", Grade.GOOD, "by " + String.join(", ", servers), "");
  }

  private static Item network() {
    try {
      List<String> up =
          NetworkInterface.networkInterfaces()
              .filter(DoctorMagic::leadsOut)
              .map(NetworkInterface::getName)
              .toList();
      return up.isEmpty()
          ? new Item(
              "network",
              Grade.LESSER,
              "loopback only: the lab works, the world is out of reach",
              "")
          : new Item("network", Grade.GOOD, "interfaces " + String.join(", ", up), "");
    } catch (SocketException e) {
      return new Item("network", Grade.LESSER, "cannot be asked: " + e.getMessage(), "");
    }
  }

  private static boolean leadsOut(NetworkInterface nic) {
    try {
      return nic.isUp() && !nic.isLoopback() && nic.getInetAddresses().hasMoreElements();
    } catch (SocketException e) {
      return false;
    }
  }
}
