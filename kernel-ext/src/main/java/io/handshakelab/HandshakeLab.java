package io.handshakelab;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.chart.Picture;
import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.magic.Answer;
import io.handshakelab.magic.Magics;
import io.handshakelab.magic.Session;
import io.handshakelab.problem.Problem;
import io.handshakelab.table.Tables;
import io.handshakelab.x509.ForgedSignature;
import io.handshakelab.x509.Pem;
import io.handshakelab.x509.SignatureStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The commands as Java methods with types, for {@code var t = %tls} gives an {@code Object}. They
 * share captures and the lab with the magics of the notebook; what is wrong comes as a {@link
 * Problem}.
 *
 * <pre>{@code
 * Capture visit = HandshakeLab.capture("www.lab.test");
 * Table messages = HandshakeLab.tls(visit);
 * }</pre>
 */
public final class HandshakeLab {
  private HandshakeLab() {}

  /** Starts the lab, with the options of {@code serve}, such as {@code "--tls", "1.3"}. */
  public static LabServers serve(String... options) {
    run(Object.class, "serve", List.of("start"), options);
    LabServers lab = Session.shared().lab();
    if (lab == null) {
      throw new Problem("the lab does not run", "see the options of serve");
    }
    return lab;
  }

  /** Visits a host and records it, with the options of {@code capture}. */
  public static Capture capture(String target, String... options) {
    return run(Capture.class, "capture", List.of(target), options);
  }

  /** Plays a scenario on a virtual network, with the options of {@code simulate}. */
  public static Capture simulate(String scenario, String... options) {
    return run(Capture.class, "simulate", List.of(scenario), options);
  }

  /**
   * Reads a pcap or pcapng file, with the options of {@code open}. {@code "--keylog", FILE} takes a
   * key log, or the private RSA key of the server in PEM, which opens what was recorded with RSA
   * key exchange; it may be given more than once.
   */
  public static Capture open(String file, String... options) {
    return run(Capture.class, "open", List.of(file), options);
  }

  /**
   * Writes a capture with its TLS secrets. Private keys of servers are left out; the secrets of the
   * connections that they opened are in the file instead.
   */
  public static void save(Capture capture, String file) {
    Session.shared().keep(capture);
    run(Object.class, "save", List.of(file));
  }

  public static Table tcp(Capture capture) {
    return Tables.tcp(analysis(capture));
  }

  public static Table states(Capture capture) {
    return Tables.states(analysis(capture));
  }

  public static Table tls(Capture capture) {
    return Tables.tls(analysis(capture));
  }

  /** The fields of one TLS message, by its number in the table {@code tls}. */
  public static Table fields(Capture capture, int message) {
    return Tables.fields(analysis(capture), message);
  }

  public static Table http(Capture capture) {
    return Tables.http(analysis(capture));
  }

  public static Table dns(Capture capture) {
    return Tables.dns(analysis(capture));
  }

  public static Table timings(Capture capture) {
    return Tables.timings(analysis(capture));
  }

  /** Looks a name up, and gives the messages. */
  public static Table dns(String name) {
    return run(Table.class, "dns", List.of(name));
  }

  /** Follows redirects until they lead to HTTPS. */
  public static Table redirect(String url) {
    return run(Table.class, "redirect", List.of(url));
  }

  /** The certificates of a capture by its name, a PEM file, or a host. */
  public static Table chain(String captureFileOrHost) {
    return run(Table.class, "chain", List.of(captureFileOrHost));
  }

  /** Opens the signature of one link of the chain that was shown last. */
  public static Table verify(int link) {
    return run(Table.class, "verify", List.of(Integer.toString(link)));
  }

  /** One step of it. */
  public static SignatureStep verify(int link, String step) {
    return run(SignatureStep.class, "verify", List.of(Integer.toString(link), "--step", step));
  }

  /**
   * Writes a certificate with a forged signature and the made-up authority that it claims to come
   * from, for {@code %verify 0 FILE --method naive} and {@code --method strict}.
   *
   * @param garbage {@code behind} the digest, or {@code before} the prefix
   */
  public static Path forge(String file, String garbage) {
    Instant now = Instant.now();
    Bytes authority = ForgedSignature.authority("Careless CA", now);
    ForgedSignature.Garbage where =
        garbage.equalsIgnoreCase("before")
            ? ForgedSignature.Garbage.BEFORE
            : ForgedSignature.Garbage.BEHIND;
    Bytes forged = ForgedSignature.certificate(authority, "www.lab.test", where, now);
    try {
      return Files.writeString(Path.of(file), Pem.of(forged) + Pem.of(authority));
    } catch (IOException e) {
      throw new Problem(file + " cannot be written", "Give a file in a directory of yours.", e);
    }
  }

  /** A sequence diagram of the current capture, with the options of {@code chart}. */
  public static Picture ladder(String... options) {
    return run(Picture.class, "chart", List.of("ladder"), options);
  }

  /** A picture of the current capture by its kind, with the options of {@code chart}. */
  public static Picture chart(String kind, String... options) {
    return run(Picture.class, "chart", List.of(kind), options);
  }

  /** The phases of the current capture, with the options of {@code chart}. */
  public static Picture waterfall(String... options) {
    return run(Picture.class, "chart", List.of("waterfall"), options);
  }

  /**
   * Who certified whom, with the options of {@code ca}; with {@code "--compromise", NAME} whom a
   * leaked key takes down.
   */
  public static Picture ca(String... options) {
    return run(Picture.class, "ca", List.of(), options);
  }

  /** Makes an authority to try things with: a root, three below it, seven end users. */
  public static Picture demoAuthority(String... options) {
    return run(Picture.class, "ca", List.of("demo"), options);
  }

  /** Makes a key and certifies it, with the options of {@code ca issue}. */
  public static Member issue(String name, String... options) {
    return run(Member.class, "ca", List.of("issue", name), options);
  }

  /** Withdraws a certificate, with the options of {@code ca revoke}. */
  public static void revoke(String nameOrSerial, String... options) {
    run(Object.class, "ca", List.of("revoke", nameOrSerial), options);
  }

  private static Analysis analysis(Capture capture) {
    return Session.shared().analysisOf(capture);
  }

  private static <T> T run(Class<T> type, String name, List<String> arguments, String... options) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(options));
    Answer answer;
    try {
      answer = Magics.run(Session.shared(), name, all, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(name + " was interrupted", "run it again", e);
    }
    if (answer.problem() != null) {
      throw answer.problem();
    }
    Object value = answer.value();
    if (!type.isInstance(value)) {
      throw new Problem(
          name + " gives no " + type.getSimpleName() + " with these arguments",
          "take the magic, or other options");
    }
    return type.cast(value);
  }
}
