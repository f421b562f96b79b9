package io.handshakelab.magic;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import io.handshakelab.table.ShownChain;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.PemFile;
import io.handshakelab.x509.RevokedCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Certificates from several places at once: files, directories, captures, hosts. */
final class CertificateSources {
  private static final int MOST_FILES = 5000;
  private static final int DEEPEST = 3;
  private static final long LARGEST_FILE = 16L << 20;

  private final Session session;
  private final Set<Bytes> found = new LinkedHashSet<>();
  private final List<Bytes> lists = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  CertificateSources(Session session) {
    this.session = session;
  }

  /**
   * Adds what is there.
   *
   * @param which a capture, a file, a directory or a host; null for what was shown last
   * @throws Problem if there is nothing
   */
  void add(@Nullable String which) throws InterruptedException {
    Path file = which == null ? null : Session.file(which);
    if (which != null && !session.knows(which) && file != null && Files.isDirectory(file)) {
      addDirectory(file);
    } else if (which != null
        && !session.knows(which)
        && file != null
        && Certificates.holdsCertificates(file)) {
      addFile(file);
    } else {
      for (ShownChain shown : Certificates.of(session, which, null).chains()) {
        Stream.concat(shown.chain().entries().stream(), shown.chain().extras().stream())
            .map(ChainEntry::der)
            .forEach(found::add);
      }
    }
  }

  /** Each once, in the order in which they were found. */
  List<Bytes> found() {
    return List.copyOf(found);
  }

  /** What was left out, each in one line. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** Those of them that are on a list that was found too, and why. */
  Map<Bytes, String> revoked() {
    return RevokedCertificates.of(found(), lists);
  }

  private void addFile(Path file) {
    List<Bytes> some = RevokedCertificates.lists(file);
    lists.addAll(some);
    if (some.isEmpty() || PemFile.mayHoldCertificates(file)) {
      found.addAll(PemFile.read(file));
    }
  }

  private void addDirectory(Path directory) {
    int before = found.size();
    List<Path> files = files(directory);
    for (Path file : files) {
      try {
        if (Files.size(file) <= LARGEST_FILE) {
          if (PemFile.mayHoldCertificates(file)) {
            found.addAll(PemFile.read(file));
          }
          lists.addAll(RevokedCertificates.lists(file));
        }
      } catch (IOException e) {
        findings.add(file + " cannot be read");
      } catch (Problem e) {
        findings.add(e.whatHappened());
      }
    }
    if (found.size() == before) {
      throw new Problem(
          "no file in " + directory + " holds a certificate",
          "give a directory with files in PEM, or the name of one file");
    }
  }

  private List<Path> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory, DEEPEST)) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().limit(MOST_FILES + 1L).toList();
      if (files.size() > MOST_FILES) {
        findings.add("only the first " + MOST_FILES + " files of " + directory + " were read");
        return files.subList(0, MOST_FILES);
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new Problem(directory + " cannot be read", "check that you may read it", e);
    }
  }
}
