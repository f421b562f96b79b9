package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.problem.Problem;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TimelineTest {
  private static final Bounds NONE = new Bounds();

  private static Timeline visit(int room) {
    return TimelineReader.read(SampleVisit.tcp(), SampleVisit.states(), NONE, room);
  }

  @Test
  void segmentsThatChangeNothingAreDrawnTogetherWhereThereAreMany() {
    List<Moment> moments = visit(16).talks().get(0).moments();
    assertThat(moments).hasSize(10);
    Timeline.Run run = Objects.requireNonNull(moments.get(4).run());
    assertThat(run.segments()).isEqualTo(10);
    assertThat(run.clientBytes()).isEqualTo(218 + 126 + 110 + 31);
    assertThat(run.serverBytes()).isEqualTo(1448 + 1012 + 226 + 612);
    assertThat(visit(30).talks().get(0).moments()).hasSize(17 + 2).allMatch(m -> m.run() == null);
  }

  @Test
  void theBandsOfEachEndLieSideBySideFromTheFirstStateToTheLast() {
    for (int room : new int[] {16, 30}) {
      Talk talk = visit(room).talks().get(0);
      TimelineScale scale = new TimelineScale(talk);
      assertThat(scale.strips()).isEqualTo(room == 16 ? 2 : 3);
      assertThat(names(new TimelineRail(talk, scale, true)))
          .containsExactly(
              "CLOSED",
              "SYN-SENT",
              "ESTABLISHED",
              "FIN-WAIT-1",
              "FIN-WAIT-2",
              "TIME-WAIT",
              "(CLOSED)");
      assertThat(names(new TimelineRail(talk, scale, false)))
          .containsExactly(
              "(CLOSED)",
              "(LISTEN)",
              "SYN-RCVD",
              "ESTABLISHED",
              "CLOSE-WAIT",
              "LAST-ACK",
              "(CLOSED)");
    }
  }

  /** The states of a rail, those that go on in another strip once; inferred ones in brackets. */
  private static List<String> names(TimelineRail rail) {
    List<String> names = new ArrayList<>();
    TimelineRail.Piece before = null;
    for (TimelineRail.Piece piece : rail.pieces()) {
      if (before == null || before.strip() < piece.strip()) {
        assertThat(piece.from()).isEqualTo(TimelineScale.LEFT);
      } else {
        assertThat(piece.from()).isEqualTo(before.to());
      }
      String name = piece.inferred() ? "(" + piece.name() + ")" : piece.name();
      if (before == null || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
      before = piece;
    }
    return names;
  }

  @Test
  void noLabelLiesOverAnotherOrOutside() {
    for (int room : new int[] {5, 8, 16, 30}) {
      LadderTest.assertApart(TimelineLayout.scene(visit(room)));
    }
  }

  @Test
  void statesThatAreOverAtOnceHaveTheirNamesBesideTheBandOneAboveTheOther() {
    Table states = SampleVisit.states();
    for (int row = 6; row < 11; row++) {
      states.intColumn("frame").set(row, 14);
    }
    Timeline timeline = TimelineReader.read(SampleVisit.tcp(), states, NONE, 16);
    Scene scene = TimelineLayout.scene(timeline);
    LadderTest.assertApart(scene);
    List<Mark.Label> names =
        scene.labels().stream().filter(l -> l.text().startsWith("FIN-WAIT")).toList();
    assertThat(names).hasSize(2);
    assertThat(names.get(0).y()).isNotEqualTo(names.get(1).y());
  }

  @Test
  void aMinuteOfWaitingIsABreakAndNotAMile() {
    Scene scene = TimelineLayout.scene(visit(16));
    assertThat(scene.labels()).extracting(Mark.Label::text).contains("60.0 s", "pass");
    assertThat(scene.width()).isEqualTo(1000);
    assertThat(scene.height()).isLessThan(720);
  }

  @Test
  void aTalkAtAnEvenPaceIsToScale() {
    Table even = SampleVisit.tcp().first(3);
    even.doubleColumn("time").set(1, 0.030).set(2, 0.070);
    Table states = SampleVisit.states().where(SampleVisit.states().intColumn("frame").isEqualTo(1));
    Timeline timeline = TimelineReader.read(even, states, NONE, 16);
    TimelineScale scale = new TimelineScale(timeline.talks().get(0));
    assertThat(scale.toScale()).isTrue();
    assertThat((scale.x(2) - scale.x(1)) / (scale.x(1) - scale.x(0))).isBetween(1.32, 1.34);
    assertThat(TimelineLayout.scene(timeline).labels())
        .extracting(Mark.Label::text)
        .contains("time to scale");
  }

  @Test
  void aChangeBetweenTwoTimesHasASlantedEdgeFromOneToTheOther() {
    Bounds bounds = new Bounds().add(0, "server", "recv ACK", "ESTABLISHED", 3, 0.000041, 0.01275);
    Table tcp = SampleVisit.tcp().first(6);
    Table states = SampleVisit.states().first(5);
    Timeline timeline = TimelineReader.read(tcp, states, bounds, 16);
    Talk talk = timeline.talks().get(0);
    TimelineScale scale = new TimelineScale(talk);
    TimelineRail.Piece edge =
        new TimelineRail(talk, scale, false)
            .pieces().stream().filter(p -> !p.next().isEmpty()).findFirst().orElseThrow();
    assertThat(edge.state()).isEqualTo("SYN-RCVD");
    assertThat(edge.next()).isEqualTo("ESTABLISHED");
    assertThat(edge.from()).isEqualTo(scale.x(2));
    assertThat(edge.to()).isEqualTo(scale.x(4));
    assertThat(TimelineLayout.scene(timeline).labels())
        .extracting(Mark.Label::text)
        .contains("slanted: it changed somewhere in between");
    assertThat(TimelineText.text(timeline)).contains("ESTABLISHED between 0.041 and 12.750");
    assertThat(TimelineLayout.scene(visit(16)).labels())
        .extracting(Mark.Label::text)
        .doesNotContain("slanted: it changed somewhere in between");
  }

  @Test
  void whereTwoSegmentsCrossTheChangesOfAnEndStayInTheirOrder() {
    Table tcp = SampleVisit.tcp().first(2);
    tcp.stringColumn("flags").set(1, "SYN");
    Table states = SampleVisit.states().first(4);
    String[][] rows = {
      {"client", "CLOSED", "send SYN", "SYN-SENT", "1"},
      {"server", "CLOSED", "send SYN", "SYN-SENT", "2"},
      {"server", "SYN-SENT", "recv SYN", "SYN-RCVD", "1"},
      {"client", "SYN-SENT", "recv SYN", "SYN-RCVD", "2"}
    };
    for (int i = 0; i < rows.length; i++) {
      states.stringColumn("endpoint").set(i, rows[i][0]);
      states.stringColumn("from").set(i, rows[i][1]);
      states.stringColumn("event").set(i, rows[i][2]);
      states.stringColumn("to").set(i, rows[i][3]);
      states.intColumn("frame").set(i, Integer.parseInt(rows[i][4]));
    }
    Talk talk = TimelineReader.read(tcp, states, NONE, 16).talks().get(0);
    TimelineScale scale = new TimelineScale(talk);
    TimelineRail server = new TimelineRail(talk, scale, false);
    assertThat(names(server)).containsExactly("CLOSED", "SYN-SENT", "SYN-RCVD");
    assertThat(server.departure(2, 0, scale.x(1))).isLessThan(scale.x(1) - 30);
    assertThat(server.departure(1, 0, scale.x(0))).isEqualTo(scale.x(0));
    Ladder ladder = LadderReader.read(tcp, states, SampleVisit.tls().emptyCopy(), null, 60);
    assertThat(ladder.talks().get(0).steps().get(0).changes(false))
        .extracting(Ladder.Change::to)
        .containsExactly("SYN-SENT", "SYN-RCVD");
  }

  @Test
  void whatASegmentAcknowledgesHadBeenSeenBeforeItWasSent() {
    // Frame 14 acknowledges what frame 12 has brought.
    Bounds bounds = new Bounds().add(0, "client", "send FIN", "FIN-WAIT-1", 14, 0.000041, 0.0631);
    Table states = SampleVisit.states();
    states.stringColumn("event").set(6, "send FIN");
    assertThat(TimelineText.text(TimelineReader.read(SampleVisit.tcp(), states, bounds, 30)))
        .contains("FIN-WAIT-1 between 0.062 and 0.063");
  }

  @Test
  void whatTheKernelSaidStandsBesideTheBand() {
    Scene scene = TimelineLayout.scene(visit(16));
    assertThat(scene.labels())
        .extracting(Mark.Label::text)
        .contains("its kernel", "thin: read from the operating system");
    assertThat(Charts.states(SampleVisit.tcp(), SampleVisit.states()).text())
        .contains("0.001 server's kernel: ESTABLISHED");
  }

  @Test
  void whatTheKernelSaidOtherwiseThanTheSegmentsIsMarked() {
    Table states = SampleVisit.states();
    for (int row = 0; row < states.rowCount(); row++) {
      if (states.stringColumn("event").get(row).startsWith("read")) {
        states.stringColumn("event").set(row, "read /proc/net/tcp: contradicts SYN-SENT");
      }
    }
    Scene scene = TimelineLayout.scene(TimelineReader.read(SampleVisit.tcp(), states, NONE, 16));
    LadderTest.assertApart(scene);
    assertThat(scene.labels())
        .extracting(Mark.Label::text)
        .contains("!: the segments show another state")
        .filteredOn(
            text -> text.startsWith(TimelineRail.ODD + " ") || text.equals(TimelineRail.ODD))
        .hasSizeGreaterThan(1); // in the legend, and at the reading
    assertThat(Charts.states(SampleVisit.tcp(), states).text())
        .contains("kernel: ESTABLISHED (! the segments show another state)");
    assertThat(TimelineLayout.scene(visit(16)).labels())
        .extracting(Mark.Label::text)
        .noneMatch(text -> text.startsWith(TimelineRail.ODD));
  }

  @Test
  void aStateIsAQuestionFromWhereTheSegmentsDoNotShowItAnyMore() {
    Table tcp = SampleVisit.tcp();
    StringColumn server = StringColumn.create("server_state", tcp.rowCount());
    StringColumn client = StringColumn.create("client_state", tcp.rowCount());
    for (int row = 0; row < tcp.rowCount(); row++) {
      client.set(row, "CLOSED");
      if (row < 15) {
        server.set(row, "SYN-RCVD");
      } else {
        server.setMissing(row);
      }
    }
    tcp.addColumns(client, server);
    Table states = SampleVisit.states();
    Table some = states.where(states.stringColumn("endpoint").isEqualTo("server")).first(3);
    Timeline timeline = TimelineReader.read(tcp, some, NONE, 30);
    Talk talk = timeline.talks().get(0);
    TimelineScale scale = new TimelineScale(talk);
    assertThat(names(new TimelineRail(talk, scale, false))).endsWith("(?)");
    assertThat(names(new TimelineRail(talk, scale, true))).containsExactly("(CLOSED)");
    assertThat(TimelineLayout.scene(timeline).labels())
        .extracting(Mark.Label::text)
        .contains("?: nothing proves the state");
  }

  @Test
  void betweenTwoKnownStatesThereIsASlopeAndNoQuestion() {
    Table tcp = SampleVisit.tcp();
    StringColumn server = StringColumn.create("server_state", tcp.rowCount());
    for (int row = 0; row < tcp.rowCount(); row++) {
      server.set(row, row == 0 ? "SYN-RCVD" : "ESTABLISHED");
    }
    server.setMissing(1);
    tcp.addColumns(server);
    Timeline timeline = TimelineReader.read(tcp, SampleVisit.states(), NONE, 30);
    Talk talk = timeline.talks().get(0);
    assertThat(names(new TimelineRail(talk, new TimelineScale(talk), false)))
        .noneMatch(name -> name.contains("?"));
  }

  @Test
  void aSegmentThatWasSentAgainAndChangedNothingMayBeLost() {
    Table tcp = SampleVisit.tcp();
    tcp.append(tcp.row(3));
    tcp.intColumn("frame").set(17, 18);
    tcp.doubleColumn("time").set(17, 0.3);
    tcp.stringColumn("note").set(17, "retransmission");
    Timeline timeline = TimelineReader.read(tcp, SampleVisit.states(), NONE, 40);
    Timeline.Flight first =
        Objects.requireNonNull(timeline.talks().get(0).moments().get(4).flight());
    assertThat(first.frame()).isEqualTo(4);
    assertThat(first.again()).isTrue();
    assertThat(TimelineLayout.scene(timeline).labels())
        .extracting(Mark.Label::text)
        .contains("?", "sent again later: perhaps this one was lost", "retransmission");
  }

  @Test
  void thousandsOfSegmentsAndConnectionsStayOnOnePage() {
    Table tcp = SampleVisit.tcp();
    Table states = SampleVisit.states();
    Table sample = SampleVisit.tcp();
    for (int i = 0; i < 20_000; i++) {
      tcp.append(sample.row(3 + i % 5));
      int row = tcp.rowCount() - 1;
      tcp.intColumn("frame").set(row, 18 + i);
      tcp.doubleColumn("time").set(row, 1 + i * 0.001);
      tcp.intColumn("conn").set(row, i < 10_000 ? 0 : i);
      tcp.stringColumn("note").set(row, i % 3 == 0 ? "retransmission" : "");
    }
    Timeline timeline = TimelineReader.read(tcp, states, NONE, 16);
    assertThat(timeline.talks()).hasSize(TimelineReader.MOST_TALKS);
    assertThat(timeline.talksLeft()).isEqualTo(10_001 - TimelineReader.MOST_TALKS);
    assertThat(timeline.talks()).allMatch(t -> t.moments().size() <= 16 + 2);
    Scene scene = TimelineLayout.scene(timeline);
    assertThat(scene.height()).isLessThan(4000);
    LadderTest.assertApart(scene);
    assertThat(Charts.states(tcp, states).text()).contains("9993 more connections");
  }

  @Test
  void whatIsTooMuchIsLeftOutAndSaid() {
    Picture picture = Charts.states(SampleVisit.tcp(), SampleVisit.states(), NONE, 4);
    assertThat(picture.text()).contains("… 4 more segments").doesNotContain("FIN");
    assertThat(picture.svg()).contains("… 4 more segments are not shown here");
  }

  @Test
  void strangersTextsStayWithinTheirPlace() throws Exception {
    Table tcp = SampleVisit.tcp();
    Table states = SampleVisit.states();
    String hostile = "\u001b[31m\u202e<b>RST" + "long ".repeat(500);
    for (int i = 0; i < tcp.rowCount(); i++) {
      tcp.stringColumn("note").set(i, hostile);
      tcp.stringColumn("src").set(i, hostile);
      tcp.stringColumn("flags").set(i, hostile);
    }
    for (int i = 0; i < states.rowCount(); i++) {
      states.stringColumn("event").set(i, hostile);
      states.stringColumn("to").set(i, hostile);
    }
    Timeline timeline = TimelineReader.read(tcp, states, NONE, 40);
    Scene scene = TimelineLayout.scene(timeline);
    LadderTest.assertApart(scene);
    assertThat(SceneTest.parse(SceneSvg.svg(scene)).getElementsByTagName("b").getLength()).isZero();
    assertThat(TimelineText.text(timeline)).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(ImageIO.read(new ByteArrayInputStream(ScenePng.png(scene)))).isNotNull();
  }

  @Test
  void emptyTablesGiveAPictureThatSaysSo() {
    Picture picture =
        Charts.states(SampleVisit.tcp().emptyCopy(), SampleVisit.states().emptyCopy());
    assertThat(picture.text()).contains("no TCP segment");
    assertThat(picture.png()).isNotEmpty();
    Picture unknown = Charts.states(SampleVisit.tcp(), SampleVisit.states().emptyCopy());
    assertThat(unknown.svg()).contains(">?<");
  }

  @Test
  void aTableWithoutItsColumnsIsRefusedInWords() {
    assertThatThrownBy(() -> Charts.states(SampleVisit.tls(), SampleVisit.states()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("needs the column src");
  }
}
