package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.bc.BcRSAContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;

/** The walk on every root that Java believes, against Bouncy Castle and the JDK. */
class JdkRootsTest {
  private static final String RSA_SHA256 = "1.2.840.113549.1.1.11";

  @Test
  void theWalkAgreesWithBouncyCastleAndTheJdkOnEveryRsaSha256Root() throws Exception {
    int roots = 0;
    for (Bytes root : TrustStore.jdk().roots()) {
      if (isSelfSignedRsaSha256(root)) {
        roots++;
        SignatureWalk walk = SignatureWalk.of(root, root, 0);
        assertThat(walk.steps()).hasSize(14);
        assertThat(walk.valid()).isTrue().isEqualTo(bouncy(root, root)).isEqualTo(jdk(root, root));
        for (Bytes tampered : tampered(root)) {
          SignatureWalk wrong = SignatureWalk.of(tampered, root, 0);
          assertThat(wrong.valid()).isFalse().isEqualTo(bouncy(tampered, root));
          assertThat(wrong.step("equal").ok()).isFalse();
          assertThat(jdk(tampered, root)).isFalse();
        }
      }
    }
    assertThat(roots).isGreaterThanOrEqualTo(30);
  }

  @Test
  void everyRootIsItsOwnIssuerAndValidAccordingToTheJdk() {
    List<Bytes> roots = TrustStore.jdk().roots();
    for (Bytes root : roots) {
      CertificateChain chain = CertificateChain.of(List.of(root), TrustStore.jdk());
      assertThat(chain.entries()).hasSize(1);
      assertThat(chain.entries().get(0).category()).isEqualTo(Category.ROOT);
      assertThat(chain.entries().get(0).trusted()).isTrue();
      assertThat(chain.findings()).isEmpty();
      assertThat(chain.walks()).hasSize(1);
      assertThat(chain.walks().get(0).valid()).isTrue().isEqualTo(jdk(root, root));
    }
    assertThat(roots).hasSizeGreaterThan(60);
  }

  /**
   * As one bundle, in any order: every root has its walk, and no step differs from the library. Of
   * three times the least counts: it says most about the work, and least about the machine.
   */
  @Test
  void aBundleOfAllRootsIsWalkedWithinTwoSeconds() {
    List<Bytes> roots = TrustStore.jdk().roots();
    List<SignatureWalk> walks = List.of();
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      walks = CertificateChain.of(roots, TrustStore.jdk()).walks();
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      nanos = Math.min(nanos, took);
    }
    assertThat(nanos).as("nanoseconds of the processor").isLessThan(2_000_000_000L);
    assertThat(walks).hasSameSizeAs(roots);
    long curves = 0;
    for (SignatureWalk walk : walks) {
      assertThat(walk.valid()).isTrue();
      assertThat(walk.step("library").value()).startsWith("True").doesNotContain("not what");
      curves += walk.steps().stream().filter(step -> step.name().equals("point")).count();
    }
    assertThat(curves).isGreaterThan(10);
  }

  @Test
  void namesReadAsTheJdkReadsThem() throws Exception {
    List<String> differing = new ArrayList<>();
    for (Bytes root : TrustStore.jdk().roots()) {
      X500Name theirs =
          new X500Name(LibraryVerdict.certificate(root).getSubjectX500Principal().getName());
      X500Name ours = new X500Name(ParsedCertificate.parse(root).subject());
      if (!ours.equals(theirs)) {
        differing.add(ours + " is not " + theirs);
      }
    }
    assertThat(differing).isEmpty();
  }

  /** One copy with a bit changed in the serial number, and one with one in the signature. */
  private static List<Bytes> tampered(Bytes root) throws Exception {
    byte[] serial = new X509CertificateHolder(root.toArray()).getSerialNumber().toByteArray();
    String field = String.format("02%02x", serial.length) + Hex.of(serial);
    int version = root.hex().indexOf("a003020102");
    int at = root.hex().indexOf(field, version + "a003020102".length()) / 2;
    return List.of(flip(root, at + 1 + serial.length), flip(root, root.length() - 9));
  }

  private static Bytes flip(Bytes bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Bytes.wrap(copy);
  }

  private static boolean isSelfSignedRsaSha256(Bytes root) throws Exception {
    X509CertificateHolder holder = new X509CertificateHolder(root.toArray());
    return holder.getSignatureAlgorithm().getAlgorithm().getId().equals(RSA_SHA256)
        && holder.getSubject().equals(holder.getIssuer());
  }

  private static boolean bouncy(Bytes subject, Bytes issuer) throws Exception {
    return new X509CertificateHolder(subject.toArray())
        .isSignatureValid(
            new BcRSAContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder())
                .build(new X509CertificateHolder(issuer.toArray())));
  }

  private static boolean jdk(Bytes subject, Bytes issuer) {
    return LibraryVerdict.of(subject, issuer).ok();
  }
}
