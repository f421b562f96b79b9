package io.handshakelab.fuzz;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Secrets;
import io.handshakelab.dns.DnsAnalysis;
import io.handshakelab.packet.PacketDecoder;
import io.handshakelab.problem.Problem;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is fuzzed. Each target takes any bytes whatever and returns: an exception is a finding, and
 * so is one that runs for long or takes all memory. A person's mistake (a {@link Problem}) and the
 * checked {@link Malformed} are no findings where they are part of the method's contract.
 */
enum FuzzTarget {
  /** A capture file, and from it everything that is shown. */
  CAPTURE {
    @Override
    void run(Bytes input) {
      Capture capture;
      try {
        capture = Everything.open(input);
      } catch (Problem notOne) {
        return;
      }
      Everything.of(capture);
    }
  },
  /** One frame, of the link type that its first octet chooses. */
  PACKET {
    private static final int[] TYPES = {1, 0, 12, 14, 101, 108, 113, 228, 229, 276};

    @Override
    void run(Bytes input) {
      if (input.isEmpty()) {
        return;
      }
      PacketDecoder decoder = new PacketDecoder();
      LinkType type = new LinkType(TYPES[input.u8(0) % TYPES.length]);
      if (decoder.decode(input.from(1), type)) {
        Invariants.packet(decoder, input.from(1));
      }
    }
  },
  /** IP packets, each with two octets of length before it. */
  TCP {
    @Override
    void run(Bytes input) {
      Capture capture = FuzzTraffic.packets(input);
      Invariants.tcp(capture);
      DnsAnalysis.of(capture);
    }
  },
  /** Two streams of records. */
  TLS {
    @Override
    void run(Bytes input) {
      Invariants.tls(FuzzTraffic.connection(input));
    }
  },
  /** One handshake message, read in the version and suite that the first four octets choose. */
  MESSAGE {
    @Override
    void run(Bytes input) {
      if (input.length() < 4) {
        return;
      }
      int suite = input.u16(2);
      MessageContext context =
          new MessageContext(
              new ProtocolVersion(input.u16(0)), suite == 0 ? null : new CipherSuite(suite));
      Bytes message = input.from(4);
      try {
        Messages.handshake(message, context).summary();
      } catch (Malformed e) {
        Invariants.within(e, message);
      }
      Invariants.tiled(Messages.handshakeLeaves(message, context), message);
      Invariants.tiled(Messages.alertLeaves(message), message);
      Invariants.tiled(Messages.sslV2Leaves(message), message);
      Invariants.tiled(Messages.changeCipherSpecLeaves(message), message);
    }
  },
  /** The text of a key log. */
  KEYLOG {
    @Override
    void run(Bytes input) {
      Secrets secrets = Secrets.ofKeyLog(input.latin1());
      KeyLog log = KeyLog.of(secrets);
      if (log.unreadLines() > log.lines() || (log.warnings().isEmpty() && log.unreadLines() > 0)) {
        throw new AssertionError(log.warnings());
      }
    }
  },
  /** A datagram of port 53, and the same over TCP. */
  DNS {
    @Override
    void run(Bytes input) {
      Everything.dns(FuzzTraffic.dns(input));
    }
  },
  /** Two streams in the clear. */
  HTTP {
    @Override
    void run(Bytes input) {
      Everything.http(FuzzTraffic.connection(input));
    }
  },
  /** Two streams, of which the client's begins with the preface of HTTP/2. */
  HTTP2 {
    private static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    @Override
    void run(Bytes input) {
      Everything.http(FuzzTraffic.connection(PREFACE, input));
    }
  },
  /** A file of certificates in PEM or DER. */
  CERTIFICATES {
    @Override
    void run(Bytes input) {
      Everything.certificates(input);
    }
  },
  /** A signature over a message, opened by hand and by a library. */
  SIGNATURE {
    @Override
    void run(Bytes input) {
      Everything.signature(input);
    }
  };

  abstract void run(Bytes input);

  /** As its corpus is called. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inputs that are checked in. */
  List<Path> corpus() throws IOException {
    URL place = FuzzTarget.class.getResource(label());
    if (place == null) {
      throw new AssertionError("there is no corpus of " + label());
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(place.toString())))) {
      return files.sorted().toList();
    }
  }

  static FuzzTarget of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
