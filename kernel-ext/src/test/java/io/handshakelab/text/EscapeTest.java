package io.handshakelab.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapeTest {
  @Test
  void markupLosesItsMeaningInHtml() {
    assertThat(Escape.html("<img src=x onerror='alert(1)'> & \"q\" $x$"))
        .isEqualTo("&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; &quot;q&quot; &#36;x&#36;");
  }

  @Test
  void ansiSequencesAndBidirectionalControlsAreShownByNumber() {
    String hostile = "\u001b[2J\u202egnp.exe\u200b\u009b1m";
    for (String safe : new String[] {Escape.visible(hostile), Escape.line(hostile)}) {
      assertThat(safe).isEqualTo("‹U+001B›[2J‹U+202E›gnp.exe‹U+200B›‹U+009B›1m");
    }
    assertThat(Escape.html(hostile)).isEqualTo("‹U+001B›[2J‹U+202E›gnp.exe‹U+200B›‹U+009B›1m");
  }

  @Test
  void lineFeedsStayOrAreShownInOneLine() {
    assertThat(Escape.visible("a\nb\tc\r")).isEqualTo("a\nb\tc‹U+000D›");
    assertThat(Escape.line("a\nb\tc")).isEqualTo("a ⏎ b c");
  }

  @Test
  void lettersOfAllPlanesStayAsTheyAre() {
    assertThat(Escape.html("Grüße, 日本 🔒")).isEqualTo("Grüße, 日本 🔒");
    assertThat(Escape.visible("half \ud83d of a pair")).isEqualTo("half ‹U+D83D› of a pair");
  }
}
