package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ErrorCardTest {
  @Test
  void theWholeChainOfCausesIsTold() {
    IOException inner = new IOException("inner", new ConnectException("refused"));
    ErrorCard card =
        ErrorCard.of(
            "%capture", new Problem("no visit", "try later", new UncheckedIOException(inner)));
    assertThat(card.whatHappened()).isEqualTo("no visit");
    assertThat(card.advice()).isEqualTo("try later");
    assertThat(card.causes())
        .satisfiesExactly(
            c -> assertThat(c).startsWith("UncheckedIOException"),
            c -> assertThat(c).isEqualTo("IOException: inner"),
            c -> assertThat(c).isEqualTo("ConnectException: refused"));
    assertThat(card.text()).contains("because: ConnectException: refused");
  }

  @Test
  void aCaptureTooLargeForTheKernelCanBeReadInAShell() {
    ErrorCard card = ErrorCard.of("%chart", new OutOfMemoryError());
    assertThat(card.whatHappened()).isEqualTo("%chart needs more memory than the kernel has");
    assertThat(card.advice()).contains("such as by ./lab tls FILE --format csv").contains("-Xmx");
  }

  @Test
  void everythingIsEscaped() {
    ErrorCard card =
        ErrorCard.of(
            "%open",
            new Problem(
                "<b>\u001b[31m\nx", "<i>\u202e", new IOException("<script>alert(1)</script>")));
    assertThat(card.html())
        .contains("&lt;b&gt;‹U+001B›[31m ⏎ x")
        .contains("&lt;i&gt;‹U+202E›")
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
    assertThat(card.text()).doesNotContain("\u001b").doesNotContain("\u202e");
  }

  @Test
  void causesThatGoInACircleEnd() {
    IllegalStateException a = new IllegalStateException("a");
    IllegalStateException b = new IllegalStateException("b", a);
    a.initCause(b);
    assertThat(ErrorCard.of("%x", a).causes()).hasSize(2);
  }

  @Test
  void aMistakeOfOursSaysWhereItIs() {
    ErrorCard card = ErrorCard.of("%x", new IllegalStateException("odd"));
    assertThat(card.whatHappened()).isEqualTo("%x failed: IllegalStateException: odd");
    assertThat(card.advice()).contains("report").contains("ErrorCardTest.java:");
  }

  @Test
  void aMessageThatCannotBeReadDoesNotHideTheRest() {
    RuntimeException hostile =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message for you");
          }
        };
    assertThat(ErrorCard.of("%x", hostile).whatHappened()).contains("no readable message");
  }
}
