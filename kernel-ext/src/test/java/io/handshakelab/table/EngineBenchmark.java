package io.handshakelab.table;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.ManyTalks;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * {@code ./lab bench jmh Engine}: the way from a file to rows, stage by stage, over 20,000 packets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EngineBenchmark {
  private Path file = Path.of("");
  private Capture capture = Capture.builder("none").build();
  private TcpAnalysis tcp = TcpAnalysis.of(capture);

  /** The same talks each time. */
  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("talks", ".pcap");
    CaptureFiles.write(ManyTalks.of(1, 1_400, 10, 400), file, false);
    capture = CaptureFiles.read(file);
    tcp = TcpAnalysis.of(capture);
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  @Benchmark
  public Capture parser() {
    return CaptureFiles.read(file);
  }

  @Benchmark
  public TcpAnalysis reassembly() {
    return TcpAnalysis.of(capture);
  }

  @Benchmark
  public void messages(Blackhole sink) {
    TlsRows.tell(tcp, sink::consume);
  }

  @Benchmark
  public void rowsAsJson() throws IOException {
    Listings.tlsStream(Analysis.of(capture).tcp())
        .write(TableFormat.JSON, OutputStream.nullOutputStream());
  }
}
