package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.TrustStore;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaPictureTest {
  private static final String HOSTILE = "<script>&\u001b[31m\u202e" + "x".repeat(300);
  private static final String HOSTILE_AS_READ = "<script>&\\1B[31m\\E2\\80\\AE" + "x".repeat(300);

  private static KeyPair key;
  private static List<Bytes> small;

  @BeforeAll
  static void makeThem() throws Exception {
    key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    small = bundle(2, 3);
  }

  /** One root, so many intermediates below it, so many end users below each. */
  private static List<Bytes> bundle(int intermediates, int users) throws Exception {
    List<Bytes> all = new ArrayList<>();
    all.add(certificate("Root", "Root", true));
    for (int i = 1; i <= intermediates; i++) {
      all.add(certificate("Intermediate " + i, "Root", true));
      for (int j = 1; j <= users; j++) {
        all.add(certificate("host" + j + ".part" + i + ".test", "Intermediate " + i, false));
      }
    }
    return all;
  }

  /** With a key of its own, and signed by nobody in particular. */
  private static Bytes certificate(String name, String issuer, boolean authority) throws Exception {
    KeyPair own = KeyPairGenerator.getInstance("EC").generateKeyPair();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500NameBuilder().addRDN(BCStyle.CN, issuer).build(),
            BigInteger.ONE,
            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
            Date.from(Instant.parse("2027-01-01T00:00:00Z")),
            new X500NameBuilder().addRDN(BCStyle.CN, name).build(),
            own.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    return Bytes.wrap(
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
            .getEncoded());
  }

  private static CaComparison leak(List<Bytes> all, String name) {
    CaTree tree = CaTree.of(all);
    return CaComparison.of(tree, tree.compromise(name));
  }

  private static List<String> texts(Scene scene) {
    return scene.labels().stream().map(Mark.Label::text).toList();
  }

  @Test
  void everyCertificateHasItsBoxAndNoLabelLiesOverAnother() {
    CaTree tree = CaTree.of(small);
    Scene scene = CaPicture.scene(tree, tree.fates());
    assertApart(scene);
    assertThat(texts(scene)).contains("Root", "Intermediate 1", "Intermediate 2");
    assertThat(texts(scene)).contains("host1.part1.test", "host3.part2.test");
  }

  @Test
  void bothCasesStandBesideEachOther() {
    Scene scene = CaPicture.scene(leak(small, "Intermediate 2"));
    assertApart(scene);
    assertThat(texts(scene))
        .contains(
            "The key of Intermediate 2 has leaked",
            "As it is",
            "3 of 6 end users fall",
            "If the root had issued all itself",
            "6 of 6 end users fall");
    assertThat(boxes(scene, Ink.STATE_OPEN)).as("good, one in the legend").hasSize(5 + 1);
    assertThat(boxes(scene, Ink.STATE_CLOSING)).as("fallen, one in the legend").hasSize(4 + 7 + 1);
  }

  @Test
  void aRevokedCertificateSaysSo() {
    CaTree tree = CaTree.of(small, Map.of(small.get(1), "keyCompromise"), TrustStore.empty());
    Scene scene = CaPicture.scene(tree, tree.fates());
    assertApart(scene);
    assertThat(texts(scene)).contains("revoked: keyCompromise");
    assertThat(Charts.ca(tree, tree.fates()).text())
        .containsPattern("├─ Intermediate 1 +Intermediate +✗ revoked: keyCompromise")
        .containsPattern("host1.part1.test +End user +✗ not to be believed: it hangs on a revoked");
  }

  @Test
  void hundredsAreFoldedSoThatThePictureStaysSmallAndWhatFellIsSeen() throws Exception {
    List<Bytes> big = bundle(20, 10);
    CaTree tree = CaTree.of(big);
    Scene scene = CaPicture.scene(tree, tree.fates());
    assertApart(scene);
    assertThat(scene.height()).isLessThan(1100);
    assertThat(texts(scene)).anyMatch(text -> text.matches("… \\d+ more and \\d+ below"));
    Scene leaked = CaPicture.scene(leak(big, "Intermediate 19"));
    assertApart(leaked);
    assertThat(leaked.height()).isLessThan(1100);
    assertThat(texts(leaked)).contains("Intermediate 19", "key leaked", "host1.part19.test");
    assertThat(CaText.of(tree, tree.fates()).lines()).hasSize(221);
  }

  @Test
  void manyRootsAreFoldedToo() throws Exception {
    List<Bytes> roots = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      roots.add(certificate("Root " + i, "Root " + i, true));
    }
    CaTree tree = CaTree.of(roots);
    Scene scene = CaPicture.scene(tree, tree.fates());
    assertApart(scene);
    assertThat(texts(scene)).contains("… 35 more");
    assertThat(scene.height()).isLessThan(1100);
  }

  @Test
  void aLongChainEndsInANumber() throws Exception {
    List<Bytes> deep = new ArrayList<>();
    deep.add(certificate("CA 0", "CA 0", true));
    for (int i = 1; i < 60; i++) {
      deep.add(certificate("CA " + i, "CA " + (i - 1), true));
    }
    CaTree tree = CaTree.of(deep);
    Scene scene = CaPicture.scene(tree, tree.fates());
    assertApart(scene);
    assertThat(texts(scene)).contains("CA 4", "55 below it").doesNotContain("CA 5");
    assertApart(CaPicture.scene(leak(deep, "CA 3")));
    assertThat(CaText.of(tree, tree.fates())).contains("CA 59 (59 below the top)");
  }

  @Test
  void namesFromStrangersAreShortenedAndEscaped() throws Exception {
    List<Bytes> evil =
        List.of(certificate(HOSTILE, HOSTILE, true), certificate("end", HOSTILE, false));
    CaTree tree = CaTree.of(evil);
    assertApart(CaPicture.scene(tree, tree.fates()));
    Picture picture = Charts.ca(leak(evil, HOSTILE_AS_READ));
    assertThat(picture.text()).doesNotContain("\u202e").doesNotContain("\u001b");
    SceneTest.parse(picture.svg());
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.png())).getWidth()).isEqualTo(2000);
  }

  @Test
  void nothingGivesAPictureAllTheSame() {
    CaTree none = CaTree.of(List.of());
    assertThat(Charts.ca(none, none.fates()).text()).contains("no certificates");
    assertApart(CaPicture.scene(none, none.fates()));
  }

  private static void assertApart(Scene scene) {
    LadderTest.assertApart(scene);
    List<Mark.Box> boxes =
        scene.marks().stream()
            .filter(m -> m instanceof Mark.Box b && b.fill() != null)
            .map(Mark.Box.class::cast)
            .toList();
    for (Mark.Box a : boxes) {
      for (Mark.Box b : boxes) {
        boolean apart =
            a.equals(b)
                || a.x() + a.width() <= b.x()
                || b.x() + b.width() <= a.x()
                || a.y() + a.height() <= b.y()
                || b.y() + b.height() <= a.y();
        assertThat(apart).as("%s over %s", a, b).isTrue();
      }
    }
    for (Mark.Label label : scene.labels()) {
      double left = label.left();
      double right = label.right();
      for (Mark.Box box : boxes) {
        boolean inside = left >= box.x() && right <= box.x() + box.width();
        boolean outside =
            right <= box.x()
                || left >= box.x() + box.width()
                || label.bottom() <= box.y()
                || label.top() >= box.y() + box.height();
        assertThat(inside || outside).as("%s across %s", label, box).isTrue();
      }
    }
  }

  private static List<Mark> boxes(Scene scene, Ink fill) {
    return scene.marks().stream().filter(m -> m instanceof Mark.Box b && b.fill() == fill).toList();
  }
}
