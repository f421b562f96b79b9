package io.handshakelab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.magic.Answer;
import io.handshakelab.magic.Magics;
import io.handshakelab.magic.Notebook;
import io.handshakelab.magic.Session;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code ca revoke} by the commands of a person: whom it reaches. */
class RevokeInSessionTest {
  private static final Session SESSION =
      Session.inNotebook(
          new Notebook() {
            @Override
            public @Nullable Object variable(String name) {
              return null;
            }

            @Override
            public void evaluate(String code) {}
          });

  @AfterAll
  static void stop() {
    SESSION.close();
  }

  @Test
  void chainSaysSoOfWhatWasShownBeforeAndTheNextVisitIsBrokenOff() throws Exception {
    run("serve", "start");
    assertThat(visit().negative()).isFalse();
    assertThat(run("chain").negative()).isFalse();

    Answer demo = run("ca", "demo");
    assertThat(demo.problem()).isNull();
    Answer revoked = run("ca", "revoke", "www.lab.test", "--reason", "superseded");

    assertThat(text(revoked)).contains("is revoked: superseded").contains("/revoked.crl");
    Answer judged = run("chain", "--checks");
    assertThat(judged.negative()).isTrue();
    assertThat(text(judged)).startsWith("!! revocation").contains("says the CRL of its issuer");
    Answer refused = visit();
    assertThat(refused.negative()).isTrue();
    assertThat(text(run("chain", "--checks"))).contains("(superseded), says an OCSP response");
    // Who was not revoked is still good.
    assertThat(text(run("ca", "--table", "--format", "csv"))).contains("www.demo.test");
    run("serve", "start");
    assertThat(visit().negative()).isFalse();
    assertThat(text(run("chain", "--checks"))).contains("it is not in its issuer's CRL");
  }

  private static Answer visit() throws InterruptedException {
    return run("capture", "www.lab.test", "--source", "relay");
  }

  private static Answer run(String name, String... arguments) throws InterruptedException {
    return Magics.run(SESSION, name, List.of(arguments), null);
  }

  private static String text(Answer answer) {
    return Objects.toString(answer.value());
  }
}
