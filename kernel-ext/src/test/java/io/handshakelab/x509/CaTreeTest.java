package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaTreeTest {
  private static final List<Bytes> ALL = new ArrayList<>();

  /** One root, two intermediates, two end users each. */
  @BeforeAll
  static void makeThem() throws Exception {
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
