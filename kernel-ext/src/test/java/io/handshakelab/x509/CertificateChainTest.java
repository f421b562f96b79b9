package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.LabAuthority;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CertificateChainTest {
  private static final String LEAF = "CN=www.lab.test";
  private static final String INTERMEDIATE = "CN=Handshake Lab Intermediate CA";
  private static final String ROOT = "CN=Handshake Lab Root CA";

  private static Bytes leaf;
  private static Bytes intermediate;
  private static Bytes root;
  private static TrustStore trust;

  @BeforeAll
  static void makeIt() {
    List<Bytes> made = SharedLab.AUTHORITY.chainDer();
    leaf = made.get(0);
    intermediate = made.get(1);
    root = made.get(2);
    trust = TrustStore.of(List.of(root));
  }

  @Test
  void aMissingRootComesFromTheTrustStore() {
    CertificateChain chain = CertificateChain.of(List.of(leaf, intermediate), trust);

    assertThat(subjects(chain)).containsExactly(LEAF, INTERMEDIATE, ROOT);
    assertThat(chain.entries().stream().map(ChainEntry::category))
        .containsExactly(Category.END_USER, Category.INTERMEDIATE, Category.ROOT);
    assertThat(chain.entries().stream().map(ChainEntry::sent)).containsExactly(true, true, false);
    assertThat(chain.entries().stream().map(ChainEntry::trusted))
        .containsExactly(false, false, true);
    assertThat(chain.entries().stream().map(ChainEntry::index)).containsExactly(0, 1, 2);
    assertThat(chain.findings()).isEmpty();
    assertThat(chain.walks()).hasSize(3).allMatch(SignatureWalk::valid);
    assertThat(chain.walks().stream().map(SignatureWalk::link)).containsExactly("0", "1", "2");
    ChainEntry first = chain.entries().get(0);
    assertThat(first.key()).isEqualTo("RSA 2048, e = 65537");
    assertThat(first.signatureAlgorithm()).isEqualTo("sha256WithRSAEncryption");
    assertThat(first.issuer()).isEqualTo(INTERMEDIATE);
    assertThat(first.serial()).hasSize(40);
    assertThat(first.der()).isEqualTo(leaf);
  }

  @Test
  void anyOrderIsSortedAndRemarkedOn() {
    List<Bytes> all = List.of(leaf, intermediate, root);
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        int c = 3 - a - b;
        if (a != b && a != c && b != c) {
          CertificateChain chain =
              CertificateChain.of(List.of(all.get(a), all.get(b), all.get(c)), trust);
          assertThat(subjects(chain)).containsExactly(LEAF, INTERMEDIATE, ROOT);
          assertThat(chain.findings()).hasSize(a == 0 && b == 1 ? 0 : 1);
          assertThat(String.join("", chain.findings())).matches("(sent in the wrong order.*)?");
        }
      }
    }
  }

  @Test
  void aMissingIntermediateIsNamed() {
    CertificateChain chain = CertificateChain.of(List.of(leaf), trust);
    assertThat(subjects(chain)).containsExactly(LEAF);
    assertThat(chain.walks()).isEmpty();
    assertThat(chain.findings())
        .containsExactly(
            "the issuer of "
                + LEAF
                + ", which is called "
                + INTERMEDIATE
                + ", was not sent and is not in the trust store");
  }

  @Test
  void aRootThatNobodyTrustsIsNamed() {
    CertificateChain chain =
        CertificateChain.of(List.of(leaf, intermediate, root), TrustStore.empty());
    assertThat(chain.entries().get(2).category()).isEqualTo(Category.ROOT);
    assertThat(chain.findings()).containsExactly("the root " + ROOT + " is not in the trust store");
  }

  @Test
  void aRootOfTheSameNameButAnotherKeyIsNotTaken() {
    LabAuthority other = LabAuthority.create(Clock.systemUTC());
    TrustStore both = TrustStore.of(List.of(other.rootDer())).plus(List.of(root));
    assertThat(CertificateChain.of(List.of(leaf, intermediate), both).entries().get(2).der())
        .isEqualTo(root);
    TrustStore wrong = TrustStore.of(List.of(other.rootDer()));
    assertThat(CertificateChain.of(List.of(leaf, intermediate), wrong).entries()).hasSize(2);
  }

  @Test
  void amongIssuersWithoutKeyIdentifiersTheOneThatSignedIsTaken() throws Exception {
    KeyPair right = TestCertificates.ec("secp256r1");
    KeyPair wrong = TestCertificates.ec("secp256r1");
    Bytes wrongRoot = bare("CN=root", wrong, "CN=root", wrong);
    Bytes rightRoot = bare("CN=root", right, "CN=root", right);
    Bytes end = bare("CN=end", TestCertificates.ec("secp256r1"), "CN=root", right);
    CertificateChain chain =
        CertificateChain.of(List.of(end), TrustStore.of(List.of(wrongRoot, rightRoot)));
    assertThat(chain.entries().get(1).der()).isEqualTo(rightRoot);
    assertThat(chain.walks().get(0).valid()).isTrue();
  }

  @Test
  void aCrossSignedWayToATrustedRootIsFound() throws Exception {
    KeyPair middle = TestCertificates.ec("secp256r1");
    KeyPair old = TestCertificates.ec("secp256r1");
    KeyPair young = TestCertificates.ec("secp256r1");
    Bytes oldRoot = TestCertificates.authority("CN=old", old.getPublic(), "CN=old", old);
    Bytes youngRoot = TestCertificates.authority("CN=young", young.getPublic(), "CN=young", young);
    Bytes byOld = TestCertificates.authority("CN=middle", middle.getPublic(), "CN=old", old);
    Bytes byYoung = TestCertificates.authority("CN=middle", middle.getPublic(), "CN=young", young);
    Bytes end =
        TestCertificates.server(
            "a.test", TestCertificates.ec("secp256r1").getPublic(), "CN=middle", middle);

    CertificateChain chain =
        CertificateChain.of(
            List.of(end, byOld, oldRoot, byYoung), TrustStore.of(List.of(youngRoot)));
    assertThat(subjects(chain)).containsExactly("CN=a.test", "CN=middle", "CN=young");
    assertThat(chain.extras()).hasSize(2);
    assertThat(chain.extras().get(0).index()).isEqualTo(3);
    assertThat(chain.findings()).hasSize(2).allMatch(f -> f.contains("no part of the chain"));
  }

  @Test
  void aSelfSignedServerIsAnEndUser() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    Bytes own = TestCertificates.server("a.test", key.getPublic(), "CN=a.test", key);
    CertificateChain chain = CertificateChain.of(List.of(own), trust);
    assertThat(chain.entries().get(0).category()).isEqualTo(Category.END_USER);
    assertThat(chain.walks()).hasSize(1);
    assertThat(chain.findings())
        .containsExactly("CN=a.test is self-signed: nobody else vouches for it");
  }

  @Test
  void whatIsSentTwiceOrBrokenIsAFinding() {
    CertificateChain chain =
        CertificateChain.of(List.of(leaf, Bytes.utf8("junk"), leaf, intermediate), trust);
    assertThat(subjects(chain)).containsExactly(LEAF, INTERMEDIATE, ROOT);
    assertThat(chain.findings()).hasSize(2);
    assertThat(chain.findings().get(0)).startsWith("certificate 2 of 4 is malformed: ");
    assertThat(chain.findings().get(1)).isEqualTo("certificate 3 of 4 was sent before");
  }

  @Test
  void nothingSentIsAFinding() {
    CertificateChain chain = CertificateChain.of(List.of(), trust);
    assertThat(chain.entries()).isEmpty();
    assertThat(chain.walks()).isEmpty();
    assertThat(chain.findings()).hasSize(1);
  }

  @Test
  @Timeout(120)
  void issuersInACircleEnd() throws Exception {
    KeyPair one = TestCertificates.ec("secp256r1");
    KeyPair two = TestCertificates.ec("secp256r1");
    Bytes oneByTwo = TestCertificates.authority("CN=one", one.getPublic(), "CN=two", two);
    Bytes twoByOne = TestCertificates.authority("CN=two", two.getPublic(), "CN=one", one);
    CertificateChain chain = CertificateChain.of(List.of(oneByTwo, twoByOne), trust);
    assertThat(subjects(chain)).containsExactly("CN=one", "CN=two");
    assertThat(String.join("", chain.findings())).contains("was not sent");
  }

  /** Ten generations of twelve authorities, each signed by all of the generation above. */
  @Test
  @Timeout(120)
  void aGraphWithMoreWaysThanCanBeTriedEnds() throws Exception {
    List<Bytes> all = new ArrayList<>();
    List<KeyPair> above = keys(4);
    for (int generation = 0; generation < 16; generation++) {
      List<KeyPair> here = keys(4);
      for (KeyPair key : here) {
        for (KeyPair issuer : above) {
          String issuerName = "CN=g" + generation;
          String name = "CN=g" + (generation + 1);
          all.add(0, bare(name, key, issuerName, issuer));
        }
      }
      above = here;
    }
    CertificateChain chain = CertificateChain.of(all.subList(0, 256), trust);
    assertThat(chain.entries()).hasSize(16);
    assertThat(String.join("", chain.findings())).contains("the search was given up");
  }

  private static List<KeyPair> keys(int count) throws Exception {
    List<KeyPair> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(TestCertificates.ec("secp256r1"));
    }
    return keys;
  }

  private static Bytes bare(String subject, KeyPair key, String issuer, KeyPair issuerKey)
      throws Exception {
    return TestCertificates.sign(
        TestCertificates.builder(subject, key.getPublic(), issuer, java.math.BigInteger.ONE),
        TestCertificates.signer(issuerKey));
  }

  private static List<String> subjects(CertificateChain chain) {
    return chain.entries().stream().map(ChainEntry::subject).toList();
  }
}
