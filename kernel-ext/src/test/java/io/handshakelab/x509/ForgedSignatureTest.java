package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.HandshakeLab;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForgedSignatureTest {
  private final Instant now = Instant.now();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ForgedSignature.Garbage.class)
  void theNaiveReadingIsTakenInAndTheStrictOneIsNot(ForgedSignature.Garbage garbage)
      throws Exception {
    Path file = directory.resolve("forged.pem");
    HandshakeLab.forge(file.toString(), garbage.name());
    List<Bytes> both = PemFile.read(file);
    CertificateChain chain = CertificateChain.of(both, TrustStore.of(both.subList(1, 2)));
    assertThat(chain.entries()).hasSize(2);
    assertThat(chain.walks(SignatureMethod.NAIVE).get(0).valid()).isTrue();
    SignatureWalk strict = chain.walks(SignatureMethod.STRICT).get(0);
    assertThat(strict.valid()).isFalse();
    assertThat(strict.step("length").ok()).isTrue();
    assertThat(strict.step("equal").ok()).isFalse();
    assertThat(strict.step("library").value()).isEqualTo("False: the JDK (X509Certificate.verify)");
    SignatureWalk sideBySide = chain.walks().get(0);
    // The script itself compares all that follows: it is only blind to what stands before.
    assertThat(sideBySide.step("equal").ok()).isEqualTo(garbage == ForgedSignature.Garbage.BEFORE);
    assertThat(sideBySide.step("strict").ok()).isFalse();
    assertThat(PathVerdict.of(chain, "www.lab.test", now).valid()).isFalse();
    assertThat(chain.walks().get(1).valid()).as("the authority's own signature").isTrue();
  }

  @Test
  void pythonIsTakenInByTheNaiveLinesToo() throws Exception {
    Bytes authority = ForgedSignature.authority("Careless CA", now);
    Bytes forged =
        ForgedSignature.certificate(authority, "a.test", ForgedSignature.Garbage.BEHIND, now);
    java.nio.file.Files.writeString(directory.resolve("issuer.pem"), Pem.of(authority));
    java.nio.file.Files.writeString(directory.resolve("subject.pem"), Pem.of(forged));
    assertThat(TestPython.run(directory, walk(forged, authority, SignatureMethod.NAIVE)))
        .containsExactly("True");
    String strict = walk(forged, authority, SignatureMethod.STRICT);
    assertThat(TestPython.run(directory, strict.replace(SignatureScript.LIBRARY, "")))
        .containsExactly("True", "False");
  }

  private static String walk(Bytes subject, Bytes issuer, SignatureMethod method) {
    return SignatureWalk.of(subject, issuer, 0, method).script();
  }

  @Test
  void anIssuerWithAnotherExponentIsRefused() {
    Bytes root = SharedLab.AUTHORITY.rootDer();
    assertThatThrownBy(
            () -> ForgedSignature.certificate(root, "a.test", ForgedSignature.Garbage.BEHIND, now))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("e = 65537");
    assertThatThrownBy(
            () ->
                ForgedSignature.certificate(
                    Bytes.utf8("no"), "a.test", ForgedSignature.Garbage.BEHIND, now))
        .isInstanceOf(Problem.class);
  }
}
