package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures.Opened;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.lab.LabAuthority;
import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.ca.CertificateAuthority;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.ResourceSample;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.Pem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of one notebook, or of one call in a shell, share. For one thread at a time.
 */
public final class Session implements AutoCloseable {
  private static final AtomicReference<@Nullable Session> SHARED = new AtomicReference<>();

  private final @Nullable Notebook notebook;
  private final boolean shell;
  private final Map<String, Analysis> captures = new LinkedHashMap<>();
  private final Map<String, List<ResourceSample>> resources = new HashMap<>();
  private @Nullable String current;
  private @Nullable LabServers lab;
  private @Nullable LabAuthority labAuthority;
  private @Nullable Certificates certificates;
  private @Nullable CertificateAuthority authority;
  private Map<String, String> pemFiles = Map.of();

  private Session(@Nullable Notebook notebook, boolean shell) {
    this.notebook = notebook;
    this.shell = shell;
  }

  public static Session inShell() {
    return new Session(null, true);
  }

  public static Session inNotebook(Notebook notebook) {
    return new Session(notebook, false);
  }

  /** Whether what is answered will be printed, and not used by Java. */
  boolean isShell() {
    return shell;
  }

  /** The session that plain Java shares: the notebook's, or one that is made now. */
  public static Session shared() {
    Session known = SHARED.get();
    if (known != null) {
      return known;
    }
    SHARED.compareAndSet(null, new Session(null, false));
    return Objects.requireNonNull(SHARED.get());
  }

  /** Makes this the session that plain Java shares. */
  public void share() {
    SHARED.set(this);
  }

  public boolean isNotebook() {
    return notebook != null;
  }

  @Nullable Notebook notebook() {
    return notebook;
  }

  /** How a person calls a command here: {@code %tls}, or {@code lab tls}. */
  public String command(String name) {
    return isNotebook() ? "%" + name : "lab " + name;
  }

  /** Keeps a capture under its name and makes it the current one. */
  public synchronized Analysis keep(Capture capture) {
    resources.remove(capture.name());
    return keep(Analysis.of(capture));
  }

  /** Keeps it under its capture's name and makes it the current one. */
  synchronized Analysis keep(Analysis analysis) {
    String name = analysis.capture().name();
    captures.remove(name);
    captures.put(name, analysis);
    current = name;
    certificates = null;
    return analysis;
  }

  /** Keeps what a simulated server held while this capture was made. */
  synchronized void keep(Capture capture, List<ResourceSample> held) {
    keep(capture);
    resources.put(capture.name(), List.copyOf(held));
  }

  /** Empty where it is not known: a capture does not tell. */
  synchronized List<ResourceSample> resources(Analysis analysis) {
    return resources.getOrDefault(analysis.capture().name(), List.of());
  }

  /** Keeps a capture without making it the current one, unless there is none. */
  synchronized Analysis keepAside(Capture capture) {
    if (current == null) {
      return keep(capture);
    }
    Analysis analysis = Analysis.of(capture);
    captures.put(capture.name(), analysis);
    return analysis;
  }

  synchronized boolean hasCapture() {
    return current != null;
  }

  /** Whether a capture has this name, or is the value of this variable. */
  synchronized boolean knows(String name) {
    return captures.containsKey(name) || variable(name) != null;
  }

  private @Nullable Capture variable(String name) {
    return notebook != null
            && SourceVersion.isIdentifier(name)
            && notebook.variable(name) instanceof Capture capture
        ? capture
        : null;
  }

  synchronized boolean isKept(Analysis analysis) {
    return captures.containsValue(analysis);
  }

  /** The capture that is meant: by name, by variable or by file; the current one if null. */
  public synchronized Analysis analysis(@Nullable String which) {
    if (which == null) {
      Analysis last = current == null ? null : captures.get(current);
      if (last == null) {
        throw new Problem(
            isNotebook() ? "there is no capture yet" : "no capture file was named",
            isNotebook()
                ? "make one with %capture www.lab.test, or read one with %open FILE"
                : "name a pcap or pcapng file, such as: lab tls visit.pcapng");
      }
      return last;
    }
    Analysis known = captures.get(which);
    if (known != null) {
      return known;
    }
    Capture assigned = variable(which);
    return assigned != null ? analysisOf(assigned) : Analysis.of(read(which));
  }

  /** The analysis of a capture that may be kept already. */
  public synchronized Analysis analysisOf(Capture capture) {
    return captures.values().stream()
        .filter(analysis -> analysis.capture().equals(capture))
        .findFirst()
        .orElseGet(() -> Analysis.of(capture));
  }

  private Capture read(String which) {
    Path file = file(which);
    if (file == null || !Files.exists(file)) {
      String advice =
          Suggest.nearest(which, captures.keySet())
              .map(near -> "did you mean " + near + "?")
              .orElse(
                  captures.isEmpty()
                      ? "give the path of a pcap or pcapng file"
                      : "captures are " + String.join(", ", captures.keySet()));
      throw new Problem("there is no capture or file " + which, advice);
    }
    return CaptureFiles.read(file);
  }

  /** Certificates for a cell in Python, in PEM by the name of their file. */
  synchronized Map<String, String> pemFiles() {
    return pemFiles;
  }

  /** The chain that was shown last. */
  synchronized @Nullable Certificates certificates() {
    return certificates;
  }

  synchronized void keep(Certificates shown) {
    certificates = shown;
    standAt(shown.chains().get(0).chain(), 0);
  }

  /** The authority that was made in this session, if one was. */
  synchronized @Nullable CertificateAuthority authority() {
    return authority;
  }

  /** What was revoked in this session, as lists that its authorities have signed, in DER. */
  synchronized List<Bytes> revocationLists() {
    List<Bytes> lists = new ArrayList<>();
    CertificateAuthority own = authority;
    if (own != null) {
      lists.addAll(own.lists());
    }
    LabServers running = lab;
    CertificateAuthority ofLab = running == null ? null : running.authority().opened();
    if (ofLab != null && ofLab != own) {
      lists.addAll(ofLab.lists());
    }
    return lists;
  }

  synchronized void keep(CertificateAuthority made) {
    authority = made;
  }

  synchronized void forgetCertificates() {
    certificates = null;
  }

  /** Remembers which link of a chain is looked at. */
  synchronized void standAt(CertificateChain chain, int link) {
    List<ChainEntry> entries = chain.entries();
    Map<String, String> files = new LinkedHashMap<>();
    for (ChainEntry entry : entries) {
      files.put("chain/" + entry.index() + ".pem", Pem.of(entry.der()));
    }
    if (link < entries.size()) {
      files.put("subject.pem", Pem.of(entries.get(link).der()));
      files.put("issuer.pem", Pem.of(entries.get(Math.min(link + 1, entries.size() - 1)).der()));
    }
    pemFiles = Map.copyOf(files);
  }

  /** Remembers which signature of a handshake is looked at. */
  synchronized void standAt(Opened opened) {
    pemFiles =
        Map.of(
            "signer.pem", Pem.of(opened.signer()),
            "content.hex", opened.content().hex(),
            "signature.hex", opened.signature().hex());
  }

  /** The lab, if it runs. */
  public synchronized @Nullable LabServers lab() {
    return lab;
  }

  /** The lab, which is started as in the tutorials if it does not run. */
  synchronized LabServers startedLab() {
    LabServers running = lab;
    return running == null ? startLab(LabServers.builder()) : running;
  }

  /**
   * Starts the lab; one that runs already is stopped first. The authority stays the same for the
   * whole session, if no seed asks for another: what was captured before can still be believed.
   */
  synchronized LabServers startLab(LabServers.Builder builder) {
    stopLab();
    LabServers started = builder.authority(labAuthority).start();
    lab = started;
    labAuthority = started.authority();
    return started;
  }

  synchronized void stopLab() {
    LabServers running = lab;
    lab = null;
    if (running != null) {
      running.close();
    }
  }

  static @Nullable Path file(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Stops what still runs. */
  @Override
  public synchronized void close() {
    stopLab();
    captures.clear();
    resources.clear();
    current = null;
    certificates = null;
    authority = null;
  }
}
