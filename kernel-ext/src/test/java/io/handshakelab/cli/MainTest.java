package io.handshakelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.ManyTalks;
import io.handshakelab.lab.LabServers;
import io.handshakelab.x509.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;
  private Path file;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeCapture() {
    file = folder.resolve("visit.pcap");
    Capture.Builder frames = Capture.builder("visit");
    for (int i = 0; i < 3; i++) {
      Bytes frame = Bytes.fromHex("4500001500000000401100007f0000017f0000010035003500090000ff");
      frames.frame(i * 1_000_000L, LinkType.RAW, frame, frame.length(), Evidence.WIRE, null);
    }
    CaptureFiles.write(frames.build(), file, true);
  }

  private int lab(Object... args) throws IOException {
    out.reset();
    err.reset();
    List<String> words = Stream.of(args).map(Object::toString).toList();
    return Main.run(words, out, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private List<String> errors() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aTableIsPrintedAsTextOrAsAskedFor() throws IOException {
    assertThat(lab("tcp", file)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("frame").contains("client_state");
    assertThat(lab("tcp", file, "--format", "json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("[]");
    assertThat(lab("tcp", file, "--format=csv")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("frame,time,conn,sender,src,dst,flags");
  }

  /** {@code --limit=+3} is no plain number: that takes the long way. */
  @Test
  void theShortWayAndTheLongWayGiveTheSame() throws IOException {
    CaptureFiles.write(ManyTalks.of(1, 20, 3, 30), file, false);
    for (String table : List.of("tcp", "tls")) {
      for (String format : List.of("text", "csv", "json")) {
        assertThat(lab(table, file, "--format", format, "--conn=2", "--limit", "3")).isZero();
        String straight = out.toString(StandardCharsets.UTF_8);
        assertThat(lab(table, file, "--format", format, "--conn=2", "--limit=+3")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(straight);
        assertThat(straight.lines().count()).isBetween(4L, 5L);
      }
    }
  }

  @Test
  void aCaptureIsPrintedInAFewWords() throws IOException {
    assertThat(lab("open", file)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("visit").contains("3 (87 bytes)");
  }

  @Test
  void wrongArgumentsGiveOneLineAnAdviceAndStatusTwo() throws IOException {
    for (List<Object> wrong :
        Arrays.<List<Object>>asList(
            List.of("tcp"),
            List.of("tcp", folder.resolve("none.pcap")),
            List.of("tcp", file, "--conn", "x"),
            List.of("tcp", file, "--format", "xml"),
            List.of("tcp", file, "more"),
            List.of("tcp", file, "--keylog", folder.resolve("none.txt")),
            List.of("fields", "0", file),
            List.of("fields"),
            List.of("capture"),
            List.of("capture", "www.lab.test", "--timeout", "soon"),
            List.of("serve", "begin"),
            List.of("chart", "pie", file),
            List.of("verify", "0", file),
            List.of("python"),
            List.of("@" + file))) {
      assertThat(lab(wrong.toArray())).as("%s", wrong).isEqualTo(2);
      assertThat(out.toString(StandardCharsets.UTF_8)).as("%s", wrong).isEmpty();
      assertThat(errors()).as("%s", wrong).hasSize(2);
      assertThat(errors().get(0)).startsWith("lab: ");
      assertThat(err.toString(StandardCharsets.UTF_8))
          .as("%s", wrong)
          .doesNotContain("Exception")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void slipsAreAnsweredWithTheNearestWord() throws IOException {
    assertThat(lab("chian")).isEqualTo(2);
    assertThat(errors().get(1)).contains("did you mean chain?");
    assertThat(lab("tls", file, "--keylgo", "x")).isEqualTo(2);
    assertThat(errors()).first().asString().contains("unknown option --keylgo");
    assertThat(errors().get(1)).contains("did you mean --keylog?");
  }

  @Test
  void aFileThatIsCutOffGivesItsRowsAndThenStatusTwo() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertThat(lab("open", file)).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 (58 bytes)");
    assertThat(errors().get(0)).contains("cut off");
  }

  @Test
  void textOfStrangersIsEscapedOnTheTerminal() throws IOException {
    Path evil = folder.resolve("a\u001b[31m\u202e.pcap");
    Files.copy(file, evil);
    lab("open", evil);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
    lab("open", folder.resolve("none\u001b[31m"));
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b").contains("‹U+001B›");
  }

  @Test
  void everyCommandExplainsItself() throws IOException {
    assertThat(lab("--help")).isZero();
    List<String> names =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.substring(4).split(" ", 2)[0])
            .toList();
    assertThat(names)
        .contains("doctor", "serve", "dns", "redirect", "capture", "open", "save", "tcp", "states")
        .contains("tls", "fields", "http", "timings", "chain", "verify", "ca", "chart")
        .contains("simulate")
        .doesNotContain("python", "keys", "check");
    for (String name : names) {
      assertThat(lab(name, "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: lab " + name);
    }
  }

  @Test
  void aChainThatIsNotBelievedIsANegativeFinding() throws IOException {
    Path pem = folder.resolve("self.pem");
    LabServers lab = LabServers.start();
    lab.close();
    Files.writeString(pem, Pem.of(lab.trustRoot()));
    assertThat(lab("chain", pem, "--format", "json")).isEqualTo(1);
    assertThat(errors()).anyMatch(line -> line.contains("not valid"));
    assertThat(lab("chain", pem, "--trust", pem)).isZero();
    assertThat(lab("verify", "0", pem)).isZero();
    assertThat(lab("verify", "0", pem, "--step", "equal", "--format", "json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"value\":\"True\"")
        .doesNotContain("issuer =");
  }
}
