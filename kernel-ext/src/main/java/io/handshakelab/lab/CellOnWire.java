package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.WireRecording;
import io.handshakelab.capture.WireRequest;
import io.handshakelab.capture.WireSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All TCP and DNS of this machine, without the connections that this process had before. */
final class CellOnWire implements CellRecording.Method {
  private final WireRecording recording;

  CellOnWire(String name, @Nullable LabServers servers) {
    Set<Integer> own = OwnPorts.read();
    String dns = "udp port 53";
    if (servers != null && servers.isRunning()) {
      own.removeAll(List.of(servers.httpPort(), servers.httpsPort()));
      dns += " or udp port " + servers.dnsPort();
    }
    String tcp =
        own.isEmpty()
            ? "tcp"
            : own.stream()
                .map(port -> "port " + port)
                .collect(Collectors.joining(" or ", "tcp and not (", ")"));
    String filter = "(" + tcp + ") or " + dns;
    this.recording = WireSource.start(WireRequest.on("any").named(name).filter(filter));
  }

  @Override
  public Capture finish() {
    Capture wire = recording.finish();
    Capture.Builder capture = Capture.builder(wire.name()).source(wire.source());
    Frames.copy(wire, capture);
    return capture.build();
  }

  @Override
  public void close() {
    recording.close();
  }
}
