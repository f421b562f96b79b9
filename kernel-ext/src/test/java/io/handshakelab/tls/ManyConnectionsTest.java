package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Frame;
import io.handshakelab.capture.ManyTalks;
import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.protection.KeyLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Of many connections not all is kept; what is read again is what was read first. */
class ManyConnectionsTest {
  private static final Path OPENSSL = Path.of("src/test/resources/captures/tls/openssl.pcap.gz");

  @Test
  void messagesOfManyConnectionsAreThoseOfEachAlone() {
    Capture capture = ofAll(ManyTalks.of(11, 150, 8, 40), CaptureFiles.read(OPENSSL));
    assertThat(TcpAnalysis.of(capture).connectionCount()).isGreaterThan(150);
    areThoseOfEachAlone(capture);
  }

  @Test
  void aConnectionWithVeryManyMessagesIsThereToo() {
    areThoseOfEachAlone(ofAll(ManyTalks.of(7, 3, 600, 40), ManyTalks.of(12, 60, 8, 40)));
  }

  @Test
  void theyCanBeLookedAtFromSeveralThreads() throws Exception {
    TlsAnalysis tls = TlsAnalysis.of(TcpAnalysis.of(ManyTalks.of(13, 2000, 8, 40)));
    List<TlsMessage> once = List.copyOf(tls.messages());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<TlsMessage>>> lists = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        lists.add(threads.submit(() -> List.copyOf(tls.messages())));
      }
      for (Future<List<TlsMessage>> list : lists) {
        assertThat(list.get()).isEqualTo(once);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onlySoManyConnectionsThatWereReadAgainStay() {
    TcpAnalysis tcp = TcpAnalysis.of(ManyTalks.of(3, 1_000, 8, 40));
    List<Integer> read = new ArrayList<>();
    ConnectionRows rows =
        new ConnectionRows(
            number -> {
              read.add(number);
              ConnectionReader reader =
                  Objects.requireNonNull(
                      ConnectionReader.of(
                          tcp.connection(number),
                          KeyLog.of(Secrets.NONE),
                          new SessionMemory(),
                          new PlaintextLimit()));
              reader.read();
              return new TlsConnection(number, reader, frame -> frame);
            });
    for (int i = 0; i < 1_000; i++) {
      assertThat(rows.of(i).size()).isEqualTo(10);
    }
    assertThat(read).hasSize(1_000);
    rows.of(999);
    rows.of(400);
    assertThat(read).hasSize(1_000);
    rows.of(0);
    assertThat(read).hasSize(1_001).endsWith(0);
  }

  /** A single connection is kept as it was read. */
  static void areThoseOfEachAlone(Capture capture) {
    TcpAnalysis tcp = TcpAnalysis.of(capture);
    TlsAnalysis all = TlsAnalysis.of(tcp);
    List<TlsMessage> messages = all.messages();
    assertThat(messages).isSortedAccordingTo(Comparator.comparingInt(TlsMessage::frame));
    String[] summaries = all.columns().summaries();
    List<CertificateList> certificates = new ArrayList<>();
    List<String> plaintext = new ArrayList<>();
    for (Connection connection : tcp.connections()) {
      TlsAnalysis alone =
          TlsAnalysis.of(List.of(connection), Secrets.NONE, tcp.capture()::timeNanos);
      List<TlsMessage> ours =
          messages.stream().filter(m -> m.connection() == connection.number()).toList();
      assertThat(ours).hasSameSizeAs(alone.messages());
      for (int i = 0; i < ours.size(); i++) {
        int number = ours.get(i).number();
        assertThat(numbered(alone.messages().get(i), number)).isEqualTo(ours.get(i));
        assertThat(all.fields(number)).isEqualTo(alone.fields(i));
        assertThat(summaries[number]).isEqualTo(ours.get(i).summary());
        assertThat(single(all.columns(), number)).isEqualTo(ours.get(i));
      }
      assertThat(all.isTls(connection.number())).isEqualTo(alone.isTls(connection.number()));
      certificates.addAll(alone.certificates());
      plaintext.addAll(alone.plaintext().stream().map(ManyConnectionsTest::text).toList());
    }
    assertThat(all.certificates()).isEqualTo(certificates);
    assertThat(all.plaintext()).extracting(ManyConnectionsTest::text).isEqualTo(plaintext);
  }

  private static String text(StreamView view) {
    return view.connection() + view.sender().label() + view.bytes().hex();
  }

  private static TlsMessage numbered(TlsMessage m, int number) {
    return new TlsMessage(
        number,
        m.connection(),
        m.frame(),
        m.timeNanos(),
        m.sender(),
        m.type(),
        m.version(),
        m.length(),
        m.offset(),
        m.seq(),
        m.ack(),
        m.encrypted(),
        m.decrypted(),
        m.summary(),
        m.evidence(),
        m.bytes());
  }

  /** Each value by itself. */
  private static TlsMessage single(MessageColumns columns, int number) {
    return new TlsMessage(
        number,
        columns.connection(number),
        columns.frame(number),
        columns.timeNanos(number),
        columns.sender(number),
        columns.type(number),
        columns.version(number),
        columns.length(number),
        columns.offset(number),
        columns.seq(number),
        columns.ack(number),
        columns.encrypted(number),
        columns.decrypted(number),
        columns.summary(number),
        columns.evidence(number),
        columns.get(number).bytes());
  }

  private static Capture ofAll(Capture... captures) {
    Capture.Builder all = Capture.builder("all");
    for (Capture capture : captures) {
      for (Frame f : capture.frames()) {
        all.frame(
            f.timeNanos(), f.linkType(), f.data(), f.originalLength(), f.evidence(), f.comment());
      }
    }
    return all.build();
  }
}
