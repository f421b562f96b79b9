package io.handshakelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaCommandTest {
  @TempDir Path folder;
  private Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeOne() throws IOException {
    dir = folder.resolve("my-ca");
    assertThat(ca("demo", "--dir", dir)).isZero();
  }

  private int ca(Object... args) throws IOException {
    out.reset();
    err.reset();
    List<String> words =
        Stream.concat(Stream.of("ca"), Stream.of(args).map(Object::toString)).toList();
    return Main.run(words, out, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> errors() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void theTreeOfADirectoryIsDrawnWithWhatIsRevokedInIt() throws IOException {
    assertThat(ca(dir)).isZero();
    assertThat(printed())
        .containsPattern("├─ Demo Web CA +Intermediate\n│  ├─ www.demo.test +End user\n")
        .doesNotContain("still good");
    assertThat(ca("revoke", "www.demo.test", "--reason", "superseded", "--dir", dir)).isZero();
    assertThat(printed()).contains("superseded").contains("the list of Demo Web CA");
    assertThat(ca("--dir", dir)).isZero();
    assertThat(printed()).containsPattern("www.demo.test +End user +✗ revoked: superseded");
  }

  @Test
  void aLeakedKeyIsComparedWithTheCaseOfARootThatSignsAll() throws IOException {
    assertThat(ca(dir, "--compromise", "Demo Web CA")).isZero();
    assertThat(printed())
        .containsPattern("Demo Web CA +Intermediate +✗ not to be believed: its key has leaked")
        .containsPattern("api.demo.test +End user +✗ not to be believed")
        .containsPattern("mail.demo.test +End user +✓ still good")
        .contains("the key of Demo Web CA has leaked: 4 of 11 can no longer be believed")
        .contains("as it is               3 of 7")
        .contains("if the root signs all  7 of 7");
    assertThat(ca(dir, "--compromise", "Demo Web CA", "--compare", "--format", "json")).isZero();
    assertThat(printed())
        .contains("\"question\":\"end users no longer believed\"")
        .contains("\"as_it_is\":\"3 of 7\",\"root_signs_all\":\"7 of 7\"");
    assertThat(ca(dir, "--compromise", "Demo Web CA", "--format", "csv")).isZero();
    assertThat(printed().lines().filter(line -> line.contains(",false"))).hasSize(4);
  }

  @Test
  void thePictureIsWrittenToAFile() throws IOException {
    Path png = folder.resolve("tree.png");
    assertThat(ca(dir, "--compromise", "demo mail ca", "--save", png)).isZero();
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(printed()).contains("The key of Demo Mail CA has leaked");
  }

  @Test
  void whatIsIssuedIsKeptAndWrittenWithItsKey() throws IOException {
    Path pem = folder.resolve("new.pem");
    assertThat(
            ca(
                "issue",
                "new.demo.test",
                "--by",
                "demo mail ca",
                "--san",
                "a.test,b.test",
                "--key",
                "ed25519",
                "--days",
                "5",
                "--dir",
                dir,
                "--out",
                pem))
        .isZero();
    assertThat(printed()).contains("certified by Demo Mail CA");
    assertThat(Files.readString(pem)).contains("BEGIN CERTIFICATE").contains("BEGIN PRIVATE KEY");
    assertThat(ca(dir, "--table", "--format", "csv")).isZero();
    assertThat(printed()).contains("new.demo.test");
    assertThat(ca(pem)).isZero();
    assertThat(printed()).containsPattern("Demo Mail CA +Intermediate\n└─ new.demo.test");
    assertThat(ca("issue", "first.test", "--dir", folder.resolve("other"))).isZero();
    assertThat(errors()).singleElement().asString().contains("there was nobody to sign");
  }

  @Test
  void wrongCallsAreToldInOneLineAndAnAdvice() throws IOException {
    refused("issue", "x.test");
    assertThat(errors().get(0)).contains("where the authority is kept");
    refused("issue", "x.test", "--dir", dir, "--key", "rsa1");
    refused("issue", "x.test", "--dir", dir, "--kee", "rsa2048");
    assertThat(errors().get(1)).contains("did you mean --key?").contains("lab ca issue --help");
    refused("revoke", "x.test", "--dir", dir);
    refused("demo", "--dir", dir);
    refused("--compare", dir);
    refused(dir, "--compromise", "nobody");
    refused(folder.resolve("no-such-directory"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(empty);
    assertThat(errors().get(0)).contains("no file in").contains("holds a certificate");
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    refused("issue", "x.test", "--dir", plain);
    refused("issue", "x.test", "--dir", dir, "--out", folder.resolve("none/x.pem"));
    assertThat(ca("issue", "--help")).isZero();
    assertThat(printed()).contains("Usage: lab ca issue");
  }

  private void refused(Object... args) throws IOException {
    assertThat(ca(args)).as(List.of(args).toString()).isEqualTo(2);
    assertThat(errors()).hasSize(2);
    assertThat(errors().get(0)).startsWith("lab: ");
  }
}
