package io.handshakelab.oracle;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One capture file as tshark reads it and as we do, field by field. */
final class Comparison {
  private final Analysis ours;
  private final Tshark tshark;
  private final Map<Integer, TheirFrame> theirs;

  private Comparison(Analysis ours, Tshark tshark, Map<Integer, TheirFrame> theirs) {
    this.ours = ours;
    this.tshark = tshark;
    this.theirs = theirs;
  }

  /** Reads the file twice; {@code options} are tshark's, such as {@code -d}. */
  static Comparison of(Path file, @Nullable Path keyLog, String... options) throws Exception {
    Capture capture = CaptureFiles.read(file);
    if (keyLog != null) {
      capture = capture.withSecrets(Secrets.ofKeyLog(Files.readString(keyLog)));
    }
    Tshark tshark = new Tshark(file, keyLog).with(options);
    return new Comparison(Analysis.of(capture), tshark, tshark.frames());
  }

  Analysis ours() {
    return ours;
  }

  /** Messages of TLS in tshark's reading: a comparison of nothing shows nothing. */
  long messages() {
    return theirs.values().stream().mapToLong(f -> f.messages.size()).sum();
  }

  /** All of them: TCP, TLS with every field, HTTP. */
  List<Difference> differences() throws Exception {
    List<Difference> all = new ArrayList<>();
    all.addAll(TcpComparison.of(tshark.file(), ours.tcp()));
    all.addAll(TlsComparison.of(ours.tls(), theirs));
    all.addAll(HttpComparison.of(ours.http(), theirs));
    return all;
  }

  /** Decrypted data, by connections; asks tshark once more. */
  List<Difference> plaintextDifferences() {
    return PlaintextComparison.of(ours, tshark);
  }
}
