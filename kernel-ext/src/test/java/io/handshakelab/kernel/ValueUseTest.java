package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueUseTest {
  private static final String JJAVA =
      "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.lineMagic("
          + text("java.util.", "tls")
          + ",java.util.List.of("
          + text("java.util.", "--conn")
          + ","
          + text("java.util.", "1")
          + "));";
  private static final String IJAVA =
      "lineMagic("
          + text("", "tls")
          + ",List.of("
          + text("", "--conn")
          + ","
          + text("", "1")
          + "));{};";

  private static String text(String qualifier, String value) {
    String base64 = Base64.getEncoder().encodeToString(value.getBytes(Charset.defaultCharset()));
    return "new String(" + qualifier + "Base64.getDecoder().decode(\"" + base64 + "\"))";
  }

  private static boolean isUsed(String before) {
    boolean jjava = ValueUse.isUsed(before + JJAVA, "tls", List.of("--conn", "1"));
    boolean ijava = ValueUse.isUsed(before + IJAVA, "tls", List.of("--conn", "1"));
    assertThat(jjava).as("the same in both kernels: %s", before).isEqualTo(ijava);
    return jjava;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Table t =",
        "var t = ",
        "t =\n  ",
        "foo(",
        "foo(1,\n",
        "Object f() { return\n",
        "return ",
        "() ->\n",
        "x = /* the one */ ",
        "String s = \"a;\"; Table t = // so\n"
      })
  void theValueIsUsedBehind(String before) {
    assertThat(isUsed(before)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n  ",
        "for (int i = 0; i < 3; i++) {\n",
        "for (int i = 0; i < 3; i++)\n",
        "if (x)\n",
        "int a = 1;\n",
        "{\n",
        "else\n",
        "// t =\n",
        "/* t = */\n",
        "String s = \"return\";\n"
      })
  void theValueIsNotUsedBehind(String before) {
    assertThat(isUsed(before)).isFalse();
  }

  @Test
  void aCallWrittenByHandIsOrdinaryJava() {
    assertThat(ValueUse.isUsed("lineMagic(\"tls\", List.of())", "tls", List.of())).isTrue();
  }

  @Test
  void anotherCallInTheSameSnippetDoesNotCount() {
    String two = "Table t = " + JJAVA.replace(text("java.util.", "1"), text("java.util.", "2"));
    assertThat(ValueUse.isUsed(two + "\n" + JJAVA, "tls", List.of("--conn", "1"))).isFalse();
    assertThat(ValueUse.isUsed(two + "\n" + JJAVA, "tls", List.of("--conn", "2"))).isTrue();
  }
}
