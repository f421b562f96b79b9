package io.handshakelab.lab;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * From a name to addresses by real datagrams to a name server: the lab's for its own names, else
 * those of this system. Where none answers, the system is asked in its own way; that leaves no
 * frames, and a warning says so.
 */
final class NameLookup {
  /** Sends a question and waits for the answer, recorded. */
  interface Exchange {
    byte[] ask(InetSocketAddress server, byte[] question, Deadline deadline) throws IOException;
  }

  private static final Duration ONE_TRY = Duration.ofMillis(1500);

  /** The lab loses no question: on a busy machine its turn may come late. */
  private static final Duration ONE_TRY_AT_THE_LAB = Duration.ofSeconds(5);

  private static final int MAX_SERVERS = 3;

  private final Exchange exchange;
  private final @Nullable LabServers lab;
  private final Consumer<String> warnings;

  NameLookup(Exchange exchange, @Nullable LabServers lab, Consumer<String> warnings) {
    this.exchange = exchange;
    this.lab = lab;
    this.warnings = warnings;
  }

  /** Whether a visit to this host stays on this machine. */
  static boolean isLocal(String host) {
    return LabServers.isLabName(host)
        || withoutQuestion(host, warning -> {})
            .filter(found -> found.get(0).isLoopbackAddress())
            .isPresent();
  }

  /** What one name server said. */
  private record Answer(int rcode, List<InetAddress> addresses) {}

  /** The addresses of a host, best first; never empty. */
  List<InetAddress> addresses(String host, Deadline deadline) {
    Optional<List<InetAddress>> known = withoutQuestion(host, warnings);
    if (known.isPresent()) {
      return known.get();
    }
    if (LabServers.isLabName(host)) {
      LabServers servers = lab;
      if (servers == null || !servers.isRunning()) {
        throw new Problem(
            "nobody answers for " + host + ": the embedded lab is not running",
            "start it first: serve start");
      }
      return fromServers(host, List.of(servers.nameServer()), deadline, false);
    }
    List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
    return fromServers(host, servers.stream().limit(MAX_SERVERS).toList(), deadline, true);
  }

  /** Addresses, localhost (RFC 6761 §6.3) and the hosts file need no name server. */
  private static Optional<List<InetAddress>> withoutQuestion(
      String host, Consumer<String> warnings) {
    try {
      return Optional.of(List.of(Address.getByAddress(host)));
    } catch (UnknownHostException e) {
      // A name, then.
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return Optional.of(List.of(LabServers.loopback()));
    }
    try {
      HostsFileParser hosts = new HostsFileParser();
      Name absolute = Name.fromString(host, Name.root);
      for (int type : new int[] {Type.A, Type.AAAA}) {
        Optional<InetAddress> address = hosts.getAddressForHost(absolute, type);
        if (address.isPresent()) {
          warnings.accept(host + " stands in the hosts file: no name server was asked");
          return Optional.of(List.of(address.get()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // No such file, or no such name: then the name servers are asked.
    }
    return Optional.empty();
  }

  private List<InetAddress> fromServers(
      String host, List<InetSocketAddress> servers, Deadline deadline, boolean mayFallBack) {
    IOException last = null;
    for (InetSocketAddress server : servers) {
      try {
        Answer answer = answer(host, server, deadline);
        if (!answer.addresses().isEmpty()) {
          return answer.addresses();
        }
        if (answer.rcode() == Rcode.NXDOMAIN || answer.rcode() == Rcode.NOERROR) {
          return mayFallBack ? fromSystem(host, answer.rcode(), deadline) : fail(host, answer);
        }
      } catch (IOException e) {
        last = e;
      }
    }
    if (mayFallBack) {
      return fromSystem(host, -1, deadline);
    }
    throw new Problem(
        "no name server answers for " + host,
        "run doctor: it says what name service there is",
        last);
  }

  private static List<InetAddress> fail(String host, Answer answer) {
    throw unknown(host, answer.rcode());
  }

  private static Problem unknown(String host, int rcode) {
    String why =
        rcode < 0
            ? "no name server answers"
            : rcode == Rcode.NOERROR
                ? "it exists, but has no address"
                : "the name server says " + Rcode.string(rcode);
    String advice =
        rcode < 0
            ? "look at the network, or visit the embedded lab: serve start"
            : "look at the spelling of the name";
    return new Problem("no address for " + host + ": " + why, advice);
  }

  private Answer answer(String host, InetSocketAddress server, Deadline deadline)
      throws IOException {
    Name name = name(host);
    Answer v4 = ask(name, Type.A, server, deadline);
    if (v4.rcode() != Rcode.NOERROR) {
      return v4;
    }
    List<InetAddress> all = new ArrayList<>(v4.addresses());
    try {
      all.addAll(ask(name, Type.AAAA, server, deadline).addresses());
    } catch (IOException e) {
      if (all.isEmpty()) {
        throw e;
      }
    }
    return new Answer(Rcode.NOERROR, all);
  }

  private static Name name(String host) {
    try {
      return Name.fromString(host, Name.root);
    } catch (TextParseException e) {
      throw new Problem(
          "\"" + host + "\" is no name that DNS could know: " + e.getMessage(),
          "look at the spelling of the name",
          e);
    }
  }

  private Answer ask(Name name, int type, InetSocketAddress server, Deadline deadline)
      throws IOException {
    boolean ours = lab != null && server.equals(lab.nameServer());
    Duration patience = ours ? ONE_TRY_AT_THE_LAB : ONE_TRY;
    Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    byte[] wire = question.toWire();
    byte[] reply;
    try {
      reply = exchange.ask(server, wire, deadline.atMost(patience));
    } catch (java.net.SocketTimeoutException e) {
      reply = exchange.ask(server, wire, deadline.atMost(patience));
    }
    Message answer = new Message(reply);
    List<InetAddress> addresses = new ArrayList<>();
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record instanceof ARecord a) {
        addresses.add(a.getAddress());
      } else if (record instanceof AAAARecord aaaa) {
        addresses.add(aaaa.getAddress());
      }
    }
    return new Answer(answer.getRcode(), addresses);
  }

  /** By the system's own ways, which may know more (or other services) than DNS. */
  private List<InetAddress> fromSystem(String host, int rcode, Deadline deadline) {
    CompletableFuture<List<InetAddress>> asked = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                asked.complete(List.of(InetAddress.getAllByName(host)));
              } catch (UnknownHostException e) {
                asked.completeExceptionally(e);
              }
            },
            "lab-name-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      List<InetAddress> addresses = asked.get(deadline.millis(), TimeUnit.MILLISECONDS);
      warnings.accept(
          host + " was looked up by the system, not by our own question: no answer in the capture");
      return addresses;
    } catch (ExecutionException | TimeoutException | IOException e) {
      throw unknown(host, rcode);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem("interrupted while looking up " + host, "run it again", e);
    }
  }
}
