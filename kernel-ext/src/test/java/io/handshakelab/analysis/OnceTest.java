package io.handshakelab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.capture.ManyTalks;
import io.handshakelab.tls.TlsAnalysis;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OnceTest {
  private final AtomicInteger times = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Takes until it may go on. */
  private String made() {
    begun.countDown();
    await(goOn);
    return "made " + times.incrementAndGet();
  }

  @Test
  void itIsMadeOnceForAllWhoAsk() throws Exception {
    Once<String> once = new Once<>(this::made);
    AtomicReference<String> other = new AtomicReference<>();
    Thread first = new Thread(() -> other.set(once.get()));
    first.start();
    await(begun);
    goOn.countDown();
    assertThat(once.get()).isEqualTo("made 1");
    first.join();
    assertThat(other).hasValue("made 1");
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    Once<String> once = new Once<>(this::made);
    Thread maker = new Thread(once::get);
    maker.start();
    await(begun);
    Thread.currentThread().interrupt();
    assertThatThrownBy(once::get).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    goOn.countDown();
    maker.join();
    assertThat(once.get()).isEqualTo("made 1");
  }

  @Test
  void aFailureIsToldToWhoeverAsksNext() {
    Once<String> once =
        new Once<>(
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("no room");
              }
              return "made";
            });
    assertThatThrownBy(once::get).hasMessage("no room");
    assertThat(once.get()).isEqualTo("made");
  }

  @Test
  void whatWasReadAheadIsWhatIsAskedFor() throws Exception {
    Analysis analysis = Analysis.of(ManyTalks.of(5, 60, 8, 40));
    Objects.requireNonNull(analysis.readAhead()).join();
    Thread.currentThread().interrupt();
    // Whoever had to read it, or to wait, would find out about the interruption.
    TlsAnalysis tls = analysis.tls();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tls.messages()).hasSize(600);
    assertThat(tls).isSameAs(analysis.tls());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
