package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.problem.Problem;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class LadderTest {
  private static final Ladder VISIT =
      LadderReader.read(
          SampleVisit.tcp(), SampleVisit.states(), SampleVisit.tls(), SampleVisit.http(), 60);

  @Test
  void segmentsAreNamedAfterWhatTheyCarry() {
    List<String> names =
        VISIT.talks().get(0).steps().stream()
            .flatMap(s -> Stream.ofNullable(s.arrow()))
            .map(Ladder.Arrow::name)
            .toList();
    assertThat(names)
        .containsExactly(
            "SYN",
            "SYN, ACK",
            "ACK",
            "ClientHello",
            "ACK",
            "ServerHello, Certificate (begins)",
            "Certificate (end), ServerKeyExchange, ServerHelloDone",
            "ACK",
            "ClientKeyExchange, ChangeCipherSpec, Finished",
            "NewSessionTicket, ChangeCipherSpec, Finished",
            "ApplicationData, GET / HTTP/1.1",
            "ApplicationData ×2, HTTP/1.1 200 OK",
            "Alert close_notify",
            "FIN, ACK",
            "Alert close_notify",
            "FIN, ACK",
            "ACK");
  }

  @Test
  void statesStandAtTheSegmentThatBringsThem() {
    List<String> states =
        VISIT.talks().get(0).steps().stream()
            .filter(s -> !s.changes().isEmpty())
            .map(
                s ->
                    (s.arrow() == null ? "" : s.arrow().name() + ": ")
                        + String.join(
                            " ",
                            s.changes().stream()
                                .map(c -> (c.client() ? "client " : "server ") + c.to())
                                .toList()))
            .toList();
    assertThat(states)
        .containsExactly(
            "server LISTEN",
            "SYN: client SYN-SENT server SYN-RCVD",
            "SYN, ACK: client ESTABLISHED",
            "ACK: server ESTABLISHED",
            "FIN, ACK: client FIN-WAIT-1 server CLOSE-WAIT",
            "Alert close_notify: client FIN-WAIT-2",
            "FIN, ACK: server LAST-ACK client TIME-WAIT",
            "ACK: server CLOSED",
            "client CLOSED");
  }

  @Test
  void noLabelLiesOverAnotherOrOutside() {
    Scene scene = LadderLayout.scene(VISIT);
    assertApart(scene);
  }

  static void assertApart(Scene scene) {
    List<Mark.Label> labels = scene.labels();
    assertThat(labels).isNotEmpty();
    for (Mark.Label a : labels) {
      assertThat(a.left()).as(a.text()).isGreaterThan(4);
      assertThat(a.right()).as(a.text()).isLessThan(scene.width() - 4);
      assertThat(a.bottom()).as(a.text()).isLessThan(scene.height() - 4);
      for (Mark.Label b : labels) {
        boolean apart =
            a.equals(b)
                || a.right() <= b.left()
                || b.right() <= a.left()
                || a.bottom() <= b.top()
                || b.bottom() <= a.top();
        assertThat(apart).as("%s over %s", a, b).isTrue();
      }
    }
  }

  @Test
  void arrowsRunFromRailToRailAndDownwards() {
    List<Mark.Triangle> heads =
        LadderLayout.scene(VISIT).marks().stream()
            .filter(Mark.Triangle.class::isInstance)
            .map(Mark.Triangle.class::cast)
            .toList();
    assertThat(heads).hasSize(17);
    assertThat(heads.get(0).x1()).isEqualTo(800);
    assertThat(heads.get(1).x1()).isEqualTo(212);
    assertThat(heads).isSortedAccordingTo((a, b) -> Double.compare(a.y1(), b.y1()));
  }

  @Test
  void whatIsInferredIsDashed() {
    List<Mark> marks = LadderLayout.scene(VISIT).marks();
    assertThat(marks)
        .filteredOn(m -> m instanceof Mark.Line l && l.dashed() && l.x2() - l.x1() > 500)
        .hasSize(1);
    // LISTEN and what was before it, and CLOSED at either end
    assertThat(marks).filteredOn(m -> m instanceof Mark.Box b && b.dashed()).hasSize(4);
  }

  @Test
  void anEvenlySpacedExchangeIsDrawnToScale() {
    Table even = SampleVisit.tcp().first(3);
    even.doubleColumn("time").set(1, 0.030).set(2, 0.070);
    Ladder ladder =
        LadderReader.read(
            even, SampleVisit.states().emptyCopy(), SampleVisit.tls().emptyCopy(), null, 60);
    Scene scene = LadderLayout.scene(ladder);
    assertThat(scene.labels()).extracting(Mark.Label::text).contains("time to scale");
    double[] y =
        scene.marks().stream()
            .filter(Mark.Triangle.class::isInstance)
            .mapToDouble(m -> ((Mark.Triangle) m).y1())
            .toArray();
    assertThat((y[2] - y[1]) / (y[1] - y[0])).isBetween(1.32, 1.34);
  }

  @Test
  void whatIsTooMuchIsLeftOutAndSaid() {
    Picture picture =
        Charts.ladder(SampleVisit.tcp(), SampleVisit.states(), SampleVisit.tls(), null, 5);
    assertThat(picture.text()).contains("… 12 more segments").doesNotContain("FIN");
    assertThat(picture.svg()).contains("… 12 more segments are not shown here");
  }

  @Test
  void theTextTellsTheSame() {
    String text = new Picture(LadderLayout.scene(VISIT), LadderText.text(VISIT)).text();
    assertThat(text)
        .contains("client 127.0.0.1:40872, server 127.0.0.1:8443")
        .containsPattern("0\\.000 SYN-SENT +-+ SYN  seq=0 len=0 -+> SYN-RCVD")
        .containsPattern("63\\.480 +(- )+-? ?ACK  seq=487 ack=3331 len=0 (- ?)+-> \\(CLOSED\\)");
  }

  @Test
  void strangersTextsStayWithinTheirPlace() throws Exception {
    Table tcp = SampleVisit.tcp();
    Table tls = SampleVisit.tls();
    String hostile = "\u001b[31m\u202e<b>" + "long ".repeat(500);
    for (int i = 0; i < tcp.rowCount(); i++) {
      tcp.stringColumn("note").set(i, hostile);
      tcp.stringColumn("src").set(i, hostile);
    }
    for (int i = 0; i < tls.rowCount(); i++) {
      tls.stringColumn("type").set(i, hostile);
    }
    Ladder ladder = LadderReader.read(tcp, SampleVisit.states(), tls, null, 60);
    Scene scene = LadderLayout.scene(ladder);
    assertApart(scene);
    assertThat(SceneTest.parse(SceneSvg.svg(scene)).getElementsByTagName("b").getLength()).isZero();
    assertThat(LadderText.text(ladder)).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(ImageIO.read(new ByteArrayInputStream(ScenePng.png(scene)))).isNotNull();
  }

  @Test
  void emptyTablesGiveAPictureThatSaysSo() {
    Picture picture =
        Charts.ladder(
            SampleVisit.tcp().emptyCopy(),
            SampleVisit.states().emptyCopy(),
            SampleVisit.tls().emptyCopy());
    assertThat(picture.text()).contains("no TCP segment");
    assertThat(picture.png()).isNotEmpty();
  }

  @Test
  void aTableWithoutItsColumnsIsRefusedInWords() {
    assertThatThrownBy(
            () -> Charts.ladder(SampleVisit.tls(), SampleVisit.states(), SampleVisit.tls()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("needs the column src");
  }
}
