package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.ManyTalks;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are told one by one are those of the table. */
class TlsStreamTest {
  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void rowsReadAheadAreThoseOfTheTable(TableFormat format) {
    Analysis analysis = Analysis.of(ManyTalks.of(3, 200, 8, 40));
    TlsStream stream = Listings.tlsStream(analysis.tcp());
    String told = stream.text(format);
    assertThat(told.lines().count()).isGreaterThan(2_000);
    assertThat(told).isEqualTo(Listings.of(Tables.tls(analysis)).text(format));
    assertThat(told).isEqualTo(Listings.tls(analysis).text(format));
    assertThat(stream.warnings()).isEqualTo(analysis.tls().warnings());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void rowsAreChosenAlike(int limit) {
    Analysis analysis = Analysis.of(ManyTalks.of(5, 30, 8, 40));
    String told = Listings.tlsStream(analysis.tcp()).choose(4, limit).text(TableFormat.CSV);
    assertThat(told.lines()).hasSize(1 + limit);
    assertThat(told).isEqualTo(Listings.tls(analysis).choose(4, limit).text(TableFormat.CSV));
    assertThat(told)
        .isEqualTo(
            Listings.of(Tables.limit(Tables.connection(Tables.tls(analysis), 4), limit))
                .text(TableFormat.CSV));
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void theRowsOfTcpAreThoseOfTheTableToo(TableFormat format) {
    Analysis analysis = Analysis.of(ManyTalks.of(3, 40, 8, 40));
    assertThat(Listings.tcp(analysis).text(format))
        .isEqualTo(Listings.of(Tables.tcp(analysis)).text(format));
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void whoeverStopsTakingRowsEndsTheReading(TableFormat format) {
    Analysis analysis = Analysis.of(ManyTalks.of(3, 900, 8, 40));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("full");
          }
        };
    assertThatThrownBy(() -> Listings.tlsStream(analysis.tcp()).write(format, full))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("tls-read-ahead"))
        .allSatisfy(thread -> thread.join(5_000))
        .noneMatch(Thread::isAlive);
  }
}
