package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.problem.Problem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of one notebook, or of one call in a shell, share. For one thread at a time.
 */
public final class Session implements AutoCloseable {
  private final @Nullable Notebook notebook;
  private final Map<String, Analysis> captures = new LinkedHashMap<>();
  private @Nullable String current;

  private Session(@Nullable Notebook notebook) {
    this.notebook = notebook;
  }

  public static Session inShell() {
    return new Session(null);
  }

  public static Session inNotebook(Notebook notebook) {
    return new Session(notebook);
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
  public Analysis keep(Capture capture) {
    return keep(Analysis.of(capture));
  }

  synchronized Analysis keep(Analysis analysis) {
    String name = analysis.capture().name();
    captures.remove(name);
    captures.put(name, analysis);
    current = name;
    return analysis;
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
    if (notebook != null
        && SourceVersion.isIdentifier(which)
        && notebook.variable(which) instanceof Capture capture) {
      return analysisOf(capture);
    }
    return Analysis.of(read(which));
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
  Map<String, String> pemFiles() {
    return Map.of();
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
    captures.clear();
    current = null;
  }
}
