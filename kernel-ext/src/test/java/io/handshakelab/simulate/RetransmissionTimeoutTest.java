package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of RFC 6298 §2 and §5, and of RFC 5681 §3, with numbers worked out by hand. */
class RetransmissionTimeoutTest {
  private static final long MILLI = 1_000_000;

  @Test
  void itBeginsWithOneSecond() {
    assertThat(new RetransmissionTimeout().nanos()).isEqualTo(1000 * MILLI);
  }

  @Test
  void theFirstMeasurementGivesThreeTimesItself() {
    // SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 * RTTVAR.
    RetransmissionTimeout timeout = new RetransmissionTimeout();
    timeout.measured(800 * MILLI);
    assertThat(timeout.nanos()).isEqualTo(2400 * MILLI);
  }

  @Test
  void laterOnesAreWeighted() {
    // RTTVAR = 3/4 * 400 + 1/4 * |800 - 1600| = 500; SRTT = 7/8 * 800 + 1/8 * 1600 = 900.
    RetransmissionTimeout timeout = new RetransmissionTimeout();
    timeout.measured(800 * MILLI);
    timeout.measured(1600 * MILLI);
    assertThat(timeout.nanos()).isEqualTo(2900 * MILLI);
    // RTTVAR = 3/4 * 500 + 1/4 * 100 = 400; SRTT = 7/8 * 900 + 1/8 * 1000 = 912.5.
    timeout.measured(1000 * MILLI);
    assertThat(timeout.nanos()).isEqualTo(2512 * MILLI + MILLI / 2);
  }

  @Test
  void itIsNeverBelowOneSecondNorAboveOneMinute() {
    RetransmissionTimeout timeout = new RetransmissionTimeout();
    timeout.measured(MILLI);
    assertThat(timeout.nanos()).isEqualTo(1000 * MILLI);
    long[] expected = {2, 4, 8, 16, 32, 60, 60};
    for (long seconds : expected) {
      timeout.backOff();
      assertThat(timeout.nanos()).isEqualTo(seconds * 1000 * MILLI);
    }
    timeout.measured(MILLI);
    assertThat(timeout.nanos()).isEqualTo(1000 * MILLI);
  }

  @Test
  void afterALostSynItIsThreeSeconds() {
    RetransmissionTimeout timeout = new RetransmissionTimeout();
    timeout.backOff();
    timeout.opened();
    assertThat(timeout.nanos()).isEqualTo(3000 * MILLI);
  }

  @Test
  void slowStartDoublesAndAvoidanceAddsOneSegmentPerRoundTrip() {
    Congestion congestion = new Congestion(1000);
    assertThat(congestion.window()).isEqualTo(10_000);
    for (int i = 0; i < 10; i++) {
      congestion.acknowledged(1000);
    }
    assertThat(congestion.window()).isEqualTo(20_000);
    congestion.timedOut(20_000, true);
    assertThat(congestion.window()).isEqualTo(1000);
    for (int i = 0; i < 9; i++) {
      congestion.acknowledged(1000);
    }
    // Up to the threshold of 10,000, and from there one segment for ten.
    assertThat(congestion.window()).isEqualTo(10_000);
    for (int i = 0; i < 10; i++) {
      congestion.acknowledged(1000);
    }
    assertThat(congestion.window()).isEqualTo(11_000);
  }

  @Test
  void theThirdDuplicateSendsAgainAndHalves() {
    Congestion congestion = new Congestion(1000);
    assertThat(congestion.duplicate(10_000)).isFalse();
    assertThat(congestion.duplicate(10_000)).isFalse();
    assertThat(congestion.duplicate(10_000)).isTrue();
    assertThat(congestion.window()).isEqualTo(8_000);
    assertThat(congestion.duplicate(10_000)).isFalse();
    assertThat(congestion.window()).isEqualTo(9_000);
    congestion.recovered();
    assertThat(congestion.window()).isEqualTo(5_000);
  }
}
