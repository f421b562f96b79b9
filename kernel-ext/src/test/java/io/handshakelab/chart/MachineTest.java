package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.problem.Problem;
import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.StateRules;
import io.handshakelab.tcp.TcpState;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class MachineTest {
  private static final Machine ALONE = MachineReader.read(null);

  /** The usual way of a client and a server. */
  private static Table usual() {
    return table(
        """
        server,CLOSED,passive open,LISTEN
        client,CLOSED,send SYN,SYN-SENT
        server,LISTEN,recv SYN,SYN-RCVD
        server,SYN-RCVD,"send SYN,ACK",SYN-RCVD
        client,SYN-SENT,"recv SYN,ACK",ESTABLISHED
        server,SYN-RCVD,recv ACK of SYN,ESTABLISHED
        client,ESTABLISHED,send FIN,FIN-WAIT-1
        server,ESTABLISHED,recv FIN,CLOSE-WAIT
        client,FIN-WAIT-1,recv ACK of FIN,FIN-WAIT-2
        server,CLOSE-WAIT,recv RST,CLOSED
        """);
  }

  /** Every rule, taken by both ends. */
  private static Table everything() {
    StringBuilder csv = new StringBuilder();
    for (StateRule rule : StateRules.all()) {
      for (String end : List.of("client", "server")) {
        csv.append(
            String.format(
                "%s,%s,\"%s\",%s%n",
                end, rule.from().label(), rule.event().label(), rule.to().label()));
      }
    }
    return table(csv.toString());
  }

  private static Table table(String rows) {
    Table table =
        SampleVisit.table(
            "endpoint,from,event,to\n" + rows,
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.STRING);
    IntColumn conn = IntColumn.create("conn", table.rowCount());
    StringColumn evidence = StringColumn.create("evidence", table.rowCount());
    for (int i = 0; i < table.rowCount(); i++) {
      conn.set(i, 4);
      evidence.set(i, "wire");
    }
    return table.addColumns(conn, evidence);
  }

  private static Machine machine(String which) {
    return switch (which) {
      case "alone" -> ALONE;
      case "usual" -> MachineReader.read(usual());
      default -> MachineReader.read(everything());
    };
  }

  @Test
  void eachRuleIsOnTheDiagramOnceAndNoOther() {
    MachineLayout layout = new MachineLayout(ALONE);
    List<StateRule> shown = new ArrayList<>();
    layout.arrows().forEach(a -> a.steps().forEach(s -> shown.add(s.rule())));
    assertThat(shown).hasSizeGreaterThanOrEqualTo(layout.arrows().size());
    layout.boxes().forEach(b -> b.steps().forEach(s -> shown.add(s.rule())));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(StateRules.all());
    assertThat(layout.arrows())
        .allMatch(a -> a.steps().stream().map(s -> s.rule().to()).distinct().count() == 1);
  }

  @Test
  void theArrowsAreThoseOfFigure5() {
    Set<String> arrows = new TreeSet<>();
    for (MachineArrow arrow : new MachineLayout(ALONE).arrows()) {
      StateRule rule = arrow.steps().get(0).rule();
      arrows.add(rule.from().label() + " > " + rule.to().label());
    }
    assertThat(arrows)
        .containsExactlyInAnyOrder(
            "CLOSED > LISTEN",
            "CLOSED > SYN-SENT",
            "LISTEN > CLOSED",
            "LISTEN > SYN-SENT",
            "LISTEN > SYN-RCVD",
            "SYN-SENT > CLOSED",
            "SYN-SENT > SYN-RCVD",
            "SYN-SENT > ESTABLISHED",
            "SYN-RCVD > LISTEN",
            "SYN-RCVD > ESTABLISHED",
            "SYN-RCVD > FIN-WAIT-1",
            "ESTABLISHED > FIN-WAIT-1",
            "ESTABLISHED > CLOSE-WAIT",
            "FIN-WAIT-1 > FIN-WAIT-2",
            "FIN-WAIT-1 > CLOSING",
            "FIN-WAIT-2 > TIME-WAIT",
            "CLOSE-WAIT > LAST-ACK",
            "CLOSING > TIME-WAIT",
            "LAST-ACK > CLOSED",
            "TIME-WAIT > CLOSED");
  }

  @Test
  void anArrowRunsFromItsBoxToItsBox() {
    MachineLayout layout = new MachineLayout(ALONE);
    for (MachineArrow arrow : layout.arrows()) {
      double[] p = arrow.points();
      StateRule rule = arrow.steps().get(0).rule();
      assertThat(stateAt(layout, p[0], p[1])).isEqualTo(rule.from());
      assertThat(stateAt(layout, p[p.length - 2], p[p.length - 1])).isEqualTo(rule.to());
    }
  }

  private static TcpState stateAt(MachineLayout layout, double x, double y) {
    return layout.boxes().stream()
        .filter(b -> b.left() <= x && x <= b.right() && b.top() <= y && y <= b.bottom())
        .map(MachineBox::state)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alone", "usual", "everything"})
  void noLabelLiesOverAnotherOrOverABoxOrALine(String which) {
    Machine machine = machine(which);
    MachineLayout layout = new MachineLayout(machine);
    Scene scene = MachineLayout.scene(machine);
    LadderTest.assertApart(scene);
    List<Rectangle2D> boxes =
        layout.boxes().stream()
            .map(b -> new Rectangle2D.Double(b.left(), b.top(), MachineBox.WIDTH, b.height()))
            .collect(Collectors.toList());
    for (Mark.Label label : scene.labels()) {
      Rectangle2D words =
          new Rectangle2D.Double(
              label.left(),
              label.top(),
              label.right() - label.left(),
              label.bottom() - label.top());
      assertThat(boxes).as(label.text()).allMatch(b -> b.contains(words) || !b.intersects(words));
      boolean onBadge = label.ink() == Ink.PAPER;
      for (MachineArrow arrow : layout.arrows()) {
        double[] p = arrow.points();
        for (int i = 0; !onBadge && i + 2 < p.length; i += 2) {
          assertThat(new Line2D.Double(p[i], p[i + 1], p[i + 2], p[i + 3]).intersects(words))
              .as("%s and a line of %s", label.text(), arrow.steps().get(0).rule())
              .isFalse();
        }
      }
    }
    assertThat(boxes).allMatch(a -> boxes.stream().filter(a::intersects).count() == 1);
  }

  @Test
  void aBadgeLiesOverNoWords() {
    Scene scene = MachineLayout.scene(machine("usual"));
    for (Mark mark : scene.marks()) {
      if (mark instanceof Mark.Pill pill) {
        Rectangle2D badge = new Rectangle2D.Double(pill.x(), pill.y(), pill.width(), pill.height());
        assertThat(scene.labels())
            .filteredOn(l -> l.ink() != Ink.PAPER)
            .noneMatch(
                l ->
                    badge.intersects(
                        l.left(), l.top(), l.right() - l.left(), l.bottom() - l.top()));
      }
    }
  }

  @Test
  void theWayIsNumberedForEachEnd() {
    Picture picture = Charts.machine(usual());
    assertThat(picture.title()).isEqualTo("The way of connection 4 through the states of TCP");
    assertThat(picture.text())
        .containsPattern("client 1 +CLOSED +send SYN +-> SYN-SENT")
        .containsPattern("server 1 +CLOSED +passive open")
        .containsPattern("server 3 +SYN-RCVD +send SYN,ACK +-> SYN-RCVD")
        .containsPattern("server 6 +CLOSE-WAIT +recv RST +-> CLOSED")
        .containsPattern("client 4 +FIN-WAIT-1 +recv ACK of FIN");
    // As many badges as there are steps, and two in the legend.
    assertThat(MachineLayout.scene(machine("usual")).marks())
        .filteredOn(Mark.Pill.class::isInstance)
        .hasSize(10 + 2);
    assertThat(machine("usual").visited())
        .doesNotContain(TcpState.TIME_WAIT, TcpState.CLOSING, TcpState.LAST_ACK);
  }

  @Test
  void whatHasNoArrowIsSaid() {
    Table odd = table("client,,send data,ESTABLISHED\nserver,LISTEN,miracle,TIME-WAIT\n");
    assertThat(MachineReader.read(odd).notes())
        .containsExactly(
            "The client is first seen in ESTABLISHED.",
            "Step 1 of the server has no arrow: LISTEN, miracle, TIME-WAIT.");
    assertThat(Charts.machine(odd).svg()).contains("has no arrow");
  }

  @Test
  void strangersTextsAndOtherTablesDoNoHarm() {
    Table odd = table("client,\u001b[31m,\u202e<b>,x\n");
    assertThat(Charts.machine(odd).text()).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(Charts.machine(odd.emptyCopy()).png()).isNotEmpty();
    assertThatThrownBy(() -> Charts.machine(SampleVisit.tls()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("needs the column endpoint");
  }
}
