package io.handshakelab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds in every kernel. One kernel serves all of it, for a start takes a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NotebookContract {
  private Path folder;
  private TestNotebook notebook;
  private Path file;

  abstract TestNotebook start() throws Exception;

  @BeforeAll
  void startKernel(@TempDir Path temporary) throws Exception {
    folder = temporary;
    notebook = start();
    file = folder.resolve("visit.pcapng");
    Capture capture =
        Capture.builder("visit")
            .frame(1_000, LinkType.RAW, Bytes.of((byte) 0x45), 1, Evidence.WIRE, null)
            .build();
    CaptureFiles.write(capture, file, true);
  }

  @BeforeEach
  void forgetOutputs() {
    notebook.outputs().clear();
  }

  @AfterAll
  void stopKernel() {
    notebook.close();
  }

  private List<String> shown(String cell) throws Exception {
    notebook.outputs().clear();
    notebook.run(cell);
    return notebook.outputs().stream().map(TestNotebook.Output::text).toList();
  }

  @Test
  void aValueIsShownOnceWhereverTheMagicStands() throws Exception {
    assertThat(shown("%serve status")).singleElement().asString().contains("does not run");
    assertThat(shown("int a = 1;\n%serve status\nint b = 2;")).hasSize(1);
    assertThat(shown("int c = 1;\n%serve status")).hasSize(1);
    assertThat(shown("%serve status\nint d = 2;")).hasSize(1);
  }

  @Test
  void twoMagicsInACellAreShownOnceEach() throws Exception {
    assertThat(shown("%serve status\n%serve --help"))
        .satisfiesExactly(
            first -> assertThat(first).contains("does not run"),
            second -> assertThat(second).startsWith("Usage: %serve"));
    assertThat(shown("%serve status\n%serve status")).hasSize(2);
  }

  @Test
  void aMagicInALoopIsShownInEachRound() throws Exception {
    assertThat(shown("for (int i = 0; i < 3; i++) {\n  %serve status\n}")).hasSize(3);
  }

  @Test
  void anAssignedValueIsTypedAndNotShown() throws Exception {
    assertThat(shown("Capture c = %open " + file)).isEmpty();
    assertThat(shown("c.frameCount()")).containsExactly("1");
    assertThat(shown("String text =%serve status\n".replace("String text", "var text"))).isEmpty();
    assertThat(shown("text.getClass().getSimpleName()")).containsExactly("Text");
  }

  @Test
  void aSimulationShowsWhatToLookForAndBecomesTheCurrentCapture() throws Exception {
    assertThat(shown("%simulate lost-syn"))
        .singleElement()
        .asString()
        .contains("look for", "The first SYN is lost");
    assertThat(shown("%tcp --conn 0")).singleElement().asString().contains("SYN-SENT");
    assertThat(shown("Capture flood = %simulate syn-flood --count 200")).isEmpty();
    assertThat(shown("%simulate syn-flood --count 200")).hasSize(3);
    assertThat(
            shown("HandshakeLab.simulate(\"https\", \"--tls\", \"1.3\").secrets().lines().size()"))
        .containsExactly("5");
  }

  @Test
  void anAssignedAndAnUnassignedCallOfTheSameMagicAreToldApart() throws Exception {
    assertThat(shown("%open " + file)).hasSize(1);
    assertThat(shown("Capture c = %open " + file)).isEmpty();
    assertThat(shown("%open " + file)).hasSize(1);
  }

  @Test
  void aMagicMayNameAVariable() throws Exception {
    notebook.run("Capture mine = %open " + file + " --as other");
    assertThat(shown("%save " + folder.resolve("copy.pcapng") + " mine"))
        .singleElement()
        .asString()
        .contains("1 frames");
    assertThat(folder.resolve("copy.pcapng")).exists();
  }

  @Test
  void valuesOfOurTypesHaveTheirLookWithoutAMagicToo() throws Exception {
    notebook.run("Capture c = %open " + file);
    notebook.outputs().clear();
    notebook.run("c");
    assertThat(notebook.outputs())
        .singleElement()
        .satisfies(
            output -> {
              assertThat(output.html()).contains("<table").contains("visit");
              assertThat(output.text()).contains("frames");
            });
  }

  @Test
  void aProblemIsShownAsACardAndFailsTheCellInOneLine() {
    assertThatThrownBy(() -> shown("%open /there/is/no.pcap"))
        .satisfies(
            thrown -> {
              assertThat(rootMessage(thrown)).contains("/there/is/no.pcap");
              assertThat(rootMessage(thrown).lines()).hasSize(1);
            });
    assertThat(notebook.outputs())
        .singleElement()
        .satisfies(
            card -> {
              assertThat(card.html()).contains("<strong>").contains("→").contains("because:");
              assertThat(card.text()).contains("no.pcap").contains("→");
            });
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheNearestOne() {
    assertThatThrownBy(() -> shown("%open --keylg x " + file))
        .satisfies(thrown -> assertThat(rootMessage(thrown)).contains("unknown option --keylg"));
    assertThat(notebook.outputs().get(0).text()).contains("did you mean --keylog?");
  }

  @Test
  void textFromStrangersIsEscaped() throws Exception {
    Path evil = folder.resolve("<img src=x>\u202e.pcapng");
    Files.copy(file, evil);
    notebook.run("%open \"" + evil + "\"");
    TestNotebook.Output output = notebook.outputs().get(0);
    assertThat(output.html()).contains("&lt;img src=x&gt;‹U+202E›").doesNotContain("<img");
    assertThat(output.text()).doesNotContain("\u202e");
  }

  @Test
  void aCellInPythonRunsAndFailsWithItsLastLine() throws Exception {
    assertThat(shown("%%python\nprint(6 * 7)")).containsExactly("42");
    assertThatThrownBy(() -> shown("%%python\nraise ValueError('no good')"))
        .satisfies(
            thrown -> assertThat(rootMessage(thrown)).isEqualTo("Python: ValueError: no good"));
    assertThat(notebook.outputs().get(0).text()).contains("Traceback");
  }

  private static String rootMessage(Throwable thrown) {
    Throwable at = thrown;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }
}
