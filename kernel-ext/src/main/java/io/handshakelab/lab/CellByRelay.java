package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import io.handshakelab.capture.WallClock;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Relay} the proxy of this process for a while. */
final class CellByRelay implements CellRecording.Method {
  private static final Duration LOOKUP = Duration.ofSeconds(5);

  private final String name;
  private final String source;
  private final Tape tape;
  private final Relay relay;
  private final SocketWatch watch = new SocketWatch();
  private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());
  private final NameLookup lookup;
  private final @Nullable ProxySelector before;
  private final ProxySelector ours;
  private boolean restored;

  CellByRelay(String name, String source, @Nullable LabServers servers, Random random)
      throws IOException {
    this.name = name;
    this.source = source;
    this.tape = new Tape(random);
    this.lookup = new NameLookup(this::ask, servers, warnings::add);
    this.relay = new Relay(tape, this::resolve, watch::port);
    this.before = ProxySelector.getDefault();
    this.ours = new ThroughRelay(relay.address());
    ProxySelector.setDefault(ours);
  }

  private InetAddress resolve(String host) throws IOException {
    try {
      return lookup.addresses(host, Deadline.in(LOOKUP)).get(0);
    } catch (Problem e) {
      UnknownHostException unknown = new UnknownHostException(e.whatHappened());
      unknown.initCause(e);
      throw unknown;
    }
  }

  private byte[] ask(InetSocketAddress server, byte[] question, Deadline deadline)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return Datagrams.ask(
          socket,
          server,
          question,
          deadline,
          (from, to, payload) ->
              tape.datagram(WallClock.nanos(), Endpoint.of(from), Endpoint.of(to), payload));
    }
  }

  @Override
  public Capture finish() {
    restore();
    relay.close();
    Capture.Builder capture = Capture.builder(name).source(source).vantage(Vantage.CLIENT);
    tape.writeTo(capture);
    watch.writeTo(capture);
    warnings.forEach(capture::warning);
    return capture.build();
  }

  @Override
  public void close() {
    restore();
    relay.close();
    watch.close();
  }

  /** Leaves alone what somebody else has set in the meantime. */
  private synchronized void restore() {
    if (!restored) {
      restored = true;
      if (ProxySelector.getDefault() == ours) {
        ProxySelector.setDefault(before);
      }
    }
  }

  /** HTTP clients are sent through CONNECT or plain proxying, sockets through SOCKS. */
  private static final class ThroughRelay extends ProxySelector {
    private final InetSocketAddress relay;

    private ThroughRelay(InetSocketAddress relay) {
      this.relay = relay;
    }

    @Override
    public List<Proxy> select(URI uri) {
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      return switch (scheme) {
        case "http", "https" -> List.of(new Proxy(Proxy.Type.HTTP, relay));
        case "socket" -> List.of(new Proxy(Proxy.Type.SOCKS, relay));
        default -> List.of(Proxy.NO_PROXY);
      };
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException why) {
      // The client reports it.
    }
  }
}
