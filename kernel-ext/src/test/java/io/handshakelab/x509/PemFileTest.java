package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Openssl;
import io.handshakelab.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFileTest {
  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBackWithAnyTextBetween() throws Exception {
    List<Bytes> roots = TrustStore.jdk().roots().subList(0, 5);
    StringBuilder text = new StringBuilder("some words\r\n");
    for (Bytes root : roots) {
      text.append("# a root\r\n").append(Pem.of(root).replace("\n", "\r\n")).append("subject=\n");
    }
    Path file = Files.writeString(directory.resolve("roots.pem"), text);
    assertThat(PemFile.read(file)).isEqualTo(roots);
    assertThat(TrustStore.ofPem(file).roots()).isEqualTo(roots);
    assertThat(TrustStore.ofPem(file).contains(roots.get(4))).isTrue();
  }

  @Test
  void opensslReadsWhatIsWrittenAndIsReadItself() throws Exception {
    Bytes root = TrustStore.jdk().roots().get(0);
    Files.writeString(directory.resolve("root.pem"), Pem.of(root));
    String line = "x509 -in root.pem -text -out again.pem";
    assertThat(Openssl.run(directory, line.split(" ")).status()).isZero();
    assertThat(PemFile.read(directory.resolve("again.pem"))).containsExactly(root);
  }

  @Test
  void aFileInDerIsReadToo() throws Exception {
    Bytes root = TrustStore.jdk().roots().get(0);
    Path file = Files.write(directory.resolve("root.der"), root.toArray());
    assertThat(PemFile.read(file)).containsExactly(root);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, holds no certificate",
    "-----BEGIN CERTIFICATE-----AAAA, is cut off",
    "-----BEGIN CERTIFICATE-----?-----END CERTIFICATE-----, is not base64",
  })
  void aFileWithoutCertificatesIsAProblem(String content, String expected) throws Exception {
    Path file = Files.writeString(directory.resolve("x.pem"), content);
    assertThatThrownBy(() -> PemFile.read(file))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThatThrownBy(() -> PemFile.read(directory.resolve("none")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> PemFile.read(directory))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be read");
  }
}
