package io.handshakelab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.lab.Fault;
import io.handshakelab.magic.Answer;
import io.handshakelab.magic.Magics;
import io.handshakelab.magic.Session;
import io.handshakelab.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults by the commands of a person: what chain says of the capture of each. */
class FaultVerdictTest {
  private static final Session SESSION = Session.inShell();

  @AfterAll
  static void stop() {
    SESSION.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theVerdictOnTheCaptureIsThatOfTheClient(Fault fault) throws Exception {
    Answer served = run("serve", "start", "--fault", fault.label());
    Answer captured = run("capture", "www.lab.test", "--source", "relay");
    Answer judged = run("chain", "--checks");

    boolean refused = !fault.alert().isEmpty();
    assertThat(text(served)).contains("fault  " + fault.label() + ": " + fault.wrong());
    assertThat(captured.problem()).isNull();
    assertThat(captured.negative()).isEqualTo(refused);
    assertThat(judged.negative()).isEqualTo(refused);
    assertThat(text(judged).lines().anyMatch(line -> line.startsWith("!!"))).isEqualTo(refused);
    assertThat(text(judged).startsWith("!!")).isEqualTo(refused);
    assertThat(text(judged)).contains("host name");
  }

  @Test
  void aClientThatDoesNotCheckGoesOn() throws Exception {
    run("serve", "start", "--fault", "expired");
    Answer captured = run("capture", "www.lab.test", "--source", "relay", "--no-check");
    assertThat(captured.negative()).isFalse();
    assertThat(captured.problem()).isNull();
  }

  @Test
  void aSlipOfThePenIsUnderstoodAndAllNamesAreListed() throws Exception {
    assertThatThrownBy(() -> run("serve", "start", "--fault", "expird"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.advice())
                    .startsWith("did you mean expired?")
                    .contains("null-in-name"));
    assertThat(text(run("serve", "--fault", "list"))).contains(Fault.labels());
  }

  private static Answer run(String name, String... arguments) throws InterruptedException {
    return Magics.run(SESSION, name, List.of(arguments), null);
  }

  private static String text(Answer answer) {
    return Objects.toString(answer.value());
  }
}
