package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Python's json and csv modules read back what was written. */
class TableFormatTest {
  @TempDir Path directory;

  @Test
  void pythonReadsTheJsonAndFindsTheSameValues() throws Exception {
    Path file = write(TableFormat.JSON, Samples.tls(Samples.HOSTILE));
    String seen =
        python(
            "import json,sys\n"
                + "rows=json.load(open(sys.argv[1],encoding='utf-8'))\n"
                + "a,b=rows\n"
                + "print(len(rows), ' '.join(a))\n"
                + "print(type(a['encrypted']).__name__, type(a['time']).__name__,"
                + " type(a['seq']).__name__, type(a['type']).__name__)\n"
                + "print(a['time'], b['ack'], 'ack' in a)\n"
                + "print(ascii(a['summary']))\n",
            file);
    assertThat(seen.lines())
        .containsExactly(
            "2 conn frame time sender type version length offset seq encrypted decrypted summary"
                + " evidence",
            "bool float int str",
            "0.000123456 518 False",
            "'<img src=x onerror=alert(1)>\\x1b[31m\\u202e\"\\';--\\x00\\U0001f600\\ud800\\r"
                + "\\n"
                + "$x$'");
  }

  @Test
  void jsonHoldsNothingThatATerminalWouldObey() throws Exception {
    String json = Files.readString(write(TableFormat.JSON, Samples.tls("\u001b\u009b\u202e😀")));
    assertThat(json).contains("\\u001b\\u009b\\u202e😀");
  }

  /** The halves of pairs are what UTF-8 cannot say; a question mark is a question mark. */
  @Test
  void pythonReadsFromJsonEveryCharacterThatWasWritten() throws Exception {
    String text = "\ud800?\udc00é?…\ud83d\ude00x\"\u20ac?\ud801";
    Path file = write(TableFormat.JSON, Samples.tls(text));
    String seen =
        python(
            "import json,sys; rows=json.load(open(sys.argv[1],encoding='utf-8'));"
                + "print(ascii(rows[0]['summary']))",
            file);
    assertThat(seen.strip())
        .isEqualTo("'\\ud800?\\udc00\\xe9?\\u2026\\U0001f600x\"\\u20ac?\\ud801'");
  }

  @Test
  void aHalfOfAPairAmongPlainTextIsWrittenAsItsNumber() throws Exception {
    assertThat(Files.readString(write(TableFormat.JSON, Samples.tls("a\ud800b?c"))))
        .contains("\"a\\ud800b?c\"");
  }

  @Test
  void anEmptyTableIsAnEmptyArray() throws Exception {
    Path file = write(TableFormat.JSON, Tables.limit(Samples.dns(), 0));
    assertThat(Files.readString(file)).isEqualTo("[]\n");
  }

  @Test
  void numbersThatJsonDoesNotKnowAreLeftOut() throws Exception {
    Table table =
        new Rows(TableShape.of("t").doubles("a", "b"))
            .add(Double.POSITIVE_INFINITY)
            .add(1e-7)
            .table();
    assertThat(Files.readString(write(TableFormat.JSON, table)))
        .isEqualTo("[\n{\"b\":0.0000001}\n]\n");
  }

  @Test
  void pythonReadsTheCsvAndFindsTheSameCells() throws Exception {
    Path file = write(TableFormat.CSV, Samples.http());
    String seen =
        python(
            "import csv,sys\n"
                + "for row in"
                + " csv.reader(open(sys.argv[1],newline='',encoding='utf-8'),strict=True):"
                + " print(ascii(row))\n",
            file);
    assertThat(seen.lines())
        .containsExactly(
            "['conn', 'frame', 'time', 'sender', 'line', 'header', 'body_length']",
            "['0', '6', '0.001', 'server', 'HTTP/1.1 302 Found', 'Location:"
                + " https://www.lab.test:8443/\\nContent-Length: 0', '0']");
    assertThat(Files.readString(file)).endsWith("\r\n");
  }

  @Test
  void csvQuotesAndHasNoControlCharacters() throws Exception {
    Table table =
        new Rows(TableShape.of("t").texts("a,b", "c"))
            .add("say \"hi\"\u001b")
            .add((String) null)
            .table();
    assertThat(Files.readString(write(TableFormat.CSV, table)))
        .isEqualTo("\"a,b\",c\r\n\"say \"\"hi\"\"‹U+001B›\",\r\n");
  }

  @Test
  void textIsAligned() {
    assertThat(TableFormat.text(Samples.timings(), 100, 10))
        .isEqualTo(
            """
            conn  phase     start       end     ms  round_trips  evidence
                  dns    0.000000  0.000250  0.250            1  wire
               1  tls    0.001000  0.004500  3.500            2  inferred
            """);
  }

  @Test
  void textFitsItsWidthByShorteningLongCells() {
    String text = TableFormat.text(Samples.tls("many words ".repeat(40)), 140, 10);
    assertThat(text.lines()).allMatch(line -> line.length() <= 140);
    assertThat(text).contains("many words many words many w…").contains("suite chosen");
    assertThat(TableText.shortened("00112233445566778899", 9)).isEqualTo("0011…8899");
    assertThat(TableText.shortened("some words are long", 9)).isEqualTo("some wor…");
    assertThat(TableText.shortened("😀😀😀😀", 3)).isEqualTo("😀…😀");
  }

  @Test
  void textShowsWhatWouldHide() {
    String text = TableFormat.text(Samples.tls(Samples.HOSTILE), 400, 10);
    assertThat(text).contains("‹U+001B›[31m‹U+202E›").contains("‹U+0000›😀‹U+D800›").contains("⏎");
    assertThat(text.lines()).hasSize(3);
  }

  @Test
  void textSaysHowManyRowsAreLeft() {
    assertThat(TableFormat.text(Samples.verify(), 80, 1)).endsWith("… 2 more rows\n");
    assertThat(TableFormat.text(Samples.verify(), 80, 2)).endsWith("… 1 more row\n");
  }

  @Test
  void formatsGoByTheirNames() {
    for (TableFormat format : TableFormat.values()) {
      assertThat(TableFormat.of(format.label())).isSameAs(format);
    }
    assertThatThrownBy(() -> TableFormat.of("xml")).isInstanceOf(Problem.class);
  }

  private Path write(TableFormat format, Table table) throws IOException {
    return Files.writeString(directory.resolve("table"), Listings.of(table).text(format));
  }

  private static String python(String script, Path file) throws Exception {
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-c", script, file.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError("this test needs python3 on the PATH", e);
    }
    String seen = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(200, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(seen).isZero();
    return seen;
  }
}
