package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaTreeTest {
  private static final List<Bytes> ALL = new ArrayList<>();

  /** One root, two intermediates, two end users each. */
  @BeforeAll
  static void makeThem() throws Exception {
    ALL.clear();
    KeyPair root = TestCertificates.ec("secp256r1");
    ALL.add(TestCertificates.authority("CN=Root", root.getPublic(), "CN=Root", root));
    for (String name : List.of("A", "B")) {
      KeyPair key = TestCertificates.ec("secp256r1");
      ALL.add(TestCertificates.authority("CN=" + name, key.getPublic(), "CN=Root", root));
      for (int i = 1; i <= 2; i++) {
        KeyPair own = TestCertificates.ec("secp256r1");
        ALL.add(TestCertificates.server(name + i, own.getPublic(), "CN=" + name, key));
      }
    }
  }

  @Test
  void inAnyOrderItIsTheSameTree() {
    List<Bytes> shuffled = new ArrayList<>(ALL);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      CaTree tree = CaTree.of(shuffled);
      assertThat(tree.nodes()).hasSize(7);
      for (CaTree.Node node : tree.nodes()) {
        String issuer = node.parent() < 0 ? "" : tree.nodes().get(node.parent()).name();
        String expected =
            node.name().equals("Root")
                ? ""
                : node.name().length() == 1 ? "Root" : node.name().substring(0, 1);
        assertThat(issuer).isEqualTo(expected);
        assertThat(node.depth())
            .isEqualTo(expected.isEmpty() ? 0 : expected.equals("Root") ? 1 : 2);
        assertThat(node.parent()).isLessThan(node.index());
      }
    }
    assertThat(names(CaTree.of(ALL).nodes()))
        .containsExactly("Root", "A", "A1", "A2", "B", "B1", "B2");
  }

  @Test
  void aLeakedIntermediateTakesDownThoseBelowItOnly() {
    CaTree.Compromise leaked = CaTree.of(ALL).compromise("a");
    assertThat(names(leaked.lost())).containsExactly("A", "A1", "A2");
    assertThat(names(leaked.safe())).containsExactly("Root", "B", "B1", "B2");
  }

  @Test
  void aLeakedRootTakesDownAllAndALeakedEndUserItselfOnly() {
    assertThat(CaTree.of(ALL).compromise("CN=Root").safe()).isEmpty();
    assertThat(names(CaTree.of(ALL).compromise("B2").lost())).containsExactly("B2");
  }

  @Test
  void aLeakedIntermediateCostsLessThanARootThatSignsAllItself() {
    CaTree tree = CaTree.of(ALL);
    CaComparison comparison = CaComparison.of(tree, tree.compromise("A"));
    assertThat(comparison.differs()).isTrue();
    assertThat(comparison.rows())
        .extracting(
            CaComparison.Row::question, CaComparison.Row::asItIs, CaComparison.Row::rootAlone)
        .contains(
            tuple("whose key has leaked", "A", "Root"),
            tuple("end users no longer believed", "2 of 4", "4 of 4"),
            tuple("end users still believed", "2", "0"),
            tuple("authorities no longer believed", "1", "1"),
            tuple("authorities still believed", "2", "0"),
            tuple("to be issued anew", "A, A1, A2", "Root, A1, A2, B1, B2"),
            tuple(
                "who withdraws it",
                "Root, in its revocation list",
                "nobody: no one stands above it"),
            tuple(
                "to be distributed anew",
                "1 new intermediate, which servers send with their own; 2 end users' certificates,"
                    + " each to its server",
                "1 new root, to every computer; 4 end users' certificates, each to its server"),
            tuple(
                "trust stores to be changed",
                "none",
                "all: the root must be taken out, and the new one put in"));
  }

  @Test
  void aLeakedEndUserAndALeakedRootCostTheSameInBothCases() {
    CaTree tree = CaTree.of(ALL);
    for (String name : List.of("B1", "Root")) {
      CaComparison comparison = CaComparison.of(tree, tree.compromise(name));
      assertThat(comparison.differs()).isFalse();
      assertThat(comparison.rows().get(1).asItIs()).isEqualTo(comparison.rows().get(1).rootAlone());
      assertThat(comparison.rows().get(0).rootAlone()).isEqualTo(name);
    }
  }

  @Test
  void whoIsCertifiedByAnotherRootTooStaysUp() throws Exception {
    KeyPair one = TestCertificates.ec("secp256r1");
    KeyPair two = TestCertificates.ec("secp256r1");
    KeyPair middle = TestCertificates.ec("secp256r1");
    List<Bytes> crossed =
        List.of(
            TestCertificates.authority("CN=One", one.getPublic(), "CN=One", one),
            TestCertificates.authority("CN=Two", two.getPublic(), "CN=Two", two),
            TestCertificates.authority("CN=Middle", middle.getPublic(), "CN=One", one),
            TestCertificates.authority("CN=Middle", middle.getPublic(), "CN=Two", two),
            TestCertificates.server("end", one.getPublic(), "CN=Middle", middle));
    List<Bytes> other = new ArrayList<>(crossed);
    KeyPair end = TestCertificates.ec("secp256r1");
    other.set(4, TestCertificates.server("end", end.getPublic(), "CN=Middle", middle));
    CaTree.Compromise leaked = CaTree.of(other).compromise("One");
    assertThat(names(leaked.lost())).containsExactly("One", "Middle");
    assertThat(names(leaked.safe())).containsExactlyInAnyOrder("end", "Two", "Middle");
    // Here the end user has the leaked key itself.
    assertThat(names(CaTree.of(crossed).compromise("One").lost())).contains("end");
    assertThat(names(CaTree.of(other).compromise("Middle").safe())).containsExactly("One", "Two");
  }

  @Test
  void ofTwoIssuersWithTheSameNameTheOneThatSignedIsTheIssuer() throws Exception {
    KeyPair old = TestCertificates.ec("secp256r1");
    KeyPair young = TestCertificates.ec("secp256r1");
    Bytes first = plainRoot(old);
    Bytes second = plainRoot(young);
    Bytes end =
        TestCertificates.sign(
            TestCertificates.builder("CN=end", old.getPublic(), "CN=Same", BigInteger.TWO),
            TestCertificates.signer(young));
    CaTree tree = CaTree.of(List.of(first, second, end));
    CaTree.Node node = tree.nodes().get(2);
    assertThat(tree.nodes().get(node.parent()).der()).isEqualTo(second);
  }

  /** A root without key identifiers. */
  private static Bytes plainRoot(KeyPair key) throws Exception {
    return TestCertificates.sign(
        TestCertificates.builder("CN=Same", key.getPublic(), "CN=Same", BigInteger.ONE),
        TestCertificates.signer(key));
  }

  @Test
  void aRevokedIntermediateTakesDownThoseBelowIt() {
    CaTree tree = CaTree.of(ALL, Map.of(ALL.get(1), "superseded"), TrustStore.empty());
    assertThat(tree.fates())
        .containsExactly(
            Fate.GOOD,
            Fate.REVOKED,
            Fate.BELOW_REVOKED,
            Fate.BELOW_REVOKED,
            Fate.GOOD,
            Fate.GOOD,
            Fate.GOOD);
    assertThat(names(tree.compromise("B").lost())).containsExactly("B", "B1", "B2");
    assertThat(tree.nodes().get(1).revoked()).isEqualTo("superseded");
  }

  @Test
  void aMissingRootComesFromTheTrustStore() {
    CaTree tree = CaTree.of(ALL.subList(1, 4), Map.of(), TrustStore.of(ALL.subList(0, 1)));
    assertThat(names(tree.nodes())).containsExactly("Root", "A", "A1", "A2");
  }

  @Test
  void manyOfTheSameNameAreSortedInBoundedTime() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    List<Bytes> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(
          TestCertificates.sign(
              TestCertificates.builder(
                  "CN=Same", key.getPublic(), "CN=Same", BigInteger.valueOf(i + 1)),
              TestCertificates.signer(key)));
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(CaTree.of(many).compromise("same").lost()).hasSizeGreaterThan(1);
    assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
        .as("nanoseconds of the processor")
        .isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void anUnknownNameIsAProblemThatNamesTheOthers() {
    assertThatThrownBy(() -> CaTree.of(ALL).compromise("C"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.advice()).contains("Root, A, A1"));
  }

  @Test
  void aCircleIsCutAndJunkIsAFinding() throws Exception {
    KeyPair one = TestCertificates.ec("secp256r1");
    KeyPair two = TestCertificates.ec("secp256r1");
    CaTree tree =
        CaTree.of(
            List.of(
                TestCertificates.authority("CN=one", one.getPublic(), "CN=two", two),
                TestCertificates.authority("CN=two", two.getPublic(), "CN=one", one),
                Bytes.utf8("junk")));
    assertThat(tree.nodes()).hasSize(2);
    assertThat(tree.findings()).hasSize(1);
  }

  private static List<String> names(List<CaTree.Node> nodes) {
    return nodes.stream().map(CaTree.Node::name).toList();
  }
}
