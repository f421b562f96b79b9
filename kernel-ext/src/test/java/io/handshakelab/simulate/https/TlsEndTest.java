package io.handshakelab.simulate.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsEndTest {
  private static final String SAID = "GET / HTTP/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";

  static List<Integer> suites() {
    return TlsChoice.suites();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void everySuiteThatIsOfferedWorks(int suite) {
    String name = new io.handshakelab.tls.registry.CipherSuite(suite).toString();
    Pipe pipe = new Pipe(1, TlsChoice.of(null, name, null, false), Identity.EPOCH);
    pipe.talk("", null);
    assertThat(pipe.client().failure()).isNull();
    assertThat(pipe.server().failure()).isNull();
    assertThat(pipe.said).hasToString(SAID);
    assertThat(pipe.server().isClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, secp256r1", "1.2, secp384r1", "1.2, secp521r1", "1.2, x25519", "1.2, x448",
    "1.3, secp256r1", "1.3, secp384r1", "1.3, secp521r1", "1.3, x25519", "1.3, x448",
    "1.3, ffdhe2048", "1.3, X25519MLKEM768"
  })
  void everyGroupThatIsOfferedWorks(String tls, String group) {
    Pipe pipe = new Pipe(1, TlsChoice.of(tls, null, group, true), Identity.EPOCH);
    pipe.talk("", null);
    assertThat(pipe.client().failure()).isNull();
    assertThat(pipe.server().failure()).isNull();
    assertThat(pipe.said).hasToString(SAID);
  }

  @ParameterizedTest
  @CsvSource({"1.2", "1.3"})
  void theSameSeedGivesTheSameOctetsAndAnotherOneDoesNot(String tls) {
    assertThat(trace(tls, 1)).isEqualTo(trace(tls, 1)).isNotEqualTo(trace(tls, 2));
  }

  private static String trace(String tls, long seed) {
    Pipe pipe = new Pipe(seed, TlsChoice.of(tls, null, null, false), Identity.EPOCH);
    pipe.talk("", null);
    return pipe.trace();
  }

  @Test
  void aTicketShortensTheNextHandshake() {
    Pipe pipe = new Pipe(1, TlsChoice.of("1.2", null, null, false), Identity.EPOCH);
    pipe.talk("", null);
    int first = pipe.toClient.size();
    VirtualClient.Ticket ticket = pipe.ticket();
    assertThat(ticket).isNotNull();
    pipe.talk(" again", ticket);
    assertThat(pipe.said).hasToString(SAID + SAID);
    assertThat(pipe.toClient.size() - first).isLessThan(400);
  }

  @Test
  void aClientWhoseClockIsTooLateDoesNotBelieveTheCertificate() {
    Pipe pipe =
        new Pipe(
            1, TlsChoice.of("1.2", null, null, false), Identity.EPOCH.plus(Duration.ofDays(91)));
    pipe.talk("", null);
    assertThat(pipe.client().failure()).hasMessageContaining("bad_certificate");
    assertThat(pipe.said).isEmpty();
  }
}
