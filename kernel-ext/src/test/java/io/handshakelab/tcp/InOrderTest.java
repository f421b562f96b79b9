package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InOrderTest {
  @Test
  void piecesAreTakenInTheirOrderHoweverLongEachTakes() {
    List<Integer> taken = new ArrayList<>();
    InOrder.run(500, () -> InOrderTest::slowly, taken::add);
    assertThat(taken).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  private static Integer slowly(int number) {
    try {
      Thread.sleep(number % 37 == 0 ? 5 : 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return number;
  }

  @Test
  void noPieceIsTakenWhereThereIsNone() {
    InOrder.run(0, () -> number -> number, piece -> assertThat(piece).isNull());
  }

  @Test
  void whatGoesWrongOnAnyThreadReachesTheCaller() {
    assertThatThrownBy(
            () ->
                InOrder.run(
                    300,
                    () ->
                        number -> {
                          if (number == 150) {
                            throw new IllegalStateException("made wrong");
                          }
                          return number;
                        },
                    piece -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("made wrong");
    assertThatThrownBy(
            () ->
                InOrder.run(
                    300,
                    () -> number -> number,
                    piece -> {
                      if (piece == 70) {
                        throw new StackOverflowError("taken wrong");
                      }
                    }))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("taken wrong");
  }

  @Test
  void aTakerThatWantsNoMoreEndsTheMaking() {
    List<Integer> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                InOrder.run(
                    10_000,
                    () -> InOrderTest::slowly,
                    piece -> {
                      taken.add(piece);
                      throw new CancellationException("nobody takes any more");
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(taken).hasSize(1);
  }
}
