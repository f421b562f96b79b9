package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class TablesTest {
  /** The contract: what scripts and notebooks rely on. */
  static Stream<Arguments> contract() {
    return Stream.of(
        Arguments.of(
            new Rows(TcpTables.tcpShape()).table(),
            "tcp: frame int · time double · conn int · sender · src · dst · flags · seq long"
                + " · ack long · len int · win int · seq_raw long · ack_raw long · client_state"
                + " · server_state · note · evidence"),
        Arguments.of(
            Samples.states(),
            "states: conn int · time double · endpoint · from · event · to · frame int · rfc"
                + " · evidence"),
        Arguments.of(
            Samples.tls("x"),
            "tls: conn int · frame int · time double · sender · type · version · length int"
                + " · offset long · seq long · ack long · encrypted boolean · decrypted boolean"
                + " · summary · evidence"),
        Arguments.of(
            Samples.fields(),
            "fields: message int · path · offset int · length int · hex · value · meaning · rfc"),
        Arguments.of(
            Samples.chain(),
            "chain: conn int · index int · category · subject · issuer · serial · not_before"
                + " · not_after · key · signature_algorithm · der_sha256 · sent boolean"
                + " · trusted boolean"),
        Arguments.of(
            Samples.verify(), "verify: link int · step int · name · python · value · ok boolean"),
        Arguments.of(
            Samples.dns(),
            "dns: time double · id int · query · type · answer · ttl long · rcode"
                + " · rtt_ms double · evidence"),
        Arguments.of(
            Samples.http(),
            "http: conn int · frame int · time double · sender · line · header"
                + " · body_length long"),
        Arguments.of(
            Samples.timings(),
            "timings: conn int · phase · start double · end double · ms double"
                + " · round_trips double · evidence"));
  }

  @ParameterizedTest
  @MethodSource("contract")
  void columnsHaveTheNamesAndTypesOfTheContract(Table table, String contract) {
    List<String> columns = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      String type =
          switch (column.type().name()) {
            case "INTEGER" -> " int";
            case "STRING" -> "";
            default -> " " + column.type().name().toLowerCase(Locale.ROOT);
          };
      columns.add(column.name() + type);
    }
    assertThat(table.name() + ": " + String.join(" · ", columns)).isEqualTo(contract);
  }

  @ParameterizedTest
  @MethodSource("contract")
  void everyColumnIsExplainedInTheNotebook(Table table, String contract) {
    assertThat(TableHtml.unexplained(table)).isEmpty();
  }

  @Test
  void timesAreSecondsSinceTheFirstFrame() {
    assertThat(Samples.states().doubleColumn("time").asList()).containsExactly(0.0000015, 2.0);
    assertThat(Samples.timings().doubleColumn("ms").asList()).containsExactly(0.25, 3.5);
    assertThat(Samples.timings().doubleColumn("start").get(1)).isEqualTo(0.001);
  }

  @Test
  void whatIsNotKnownIsMissing() {
    assertThat(Samples.states().column("from").isMissing(1)).isTrue();
    assertThat(Samples.states().column("frame").isMissing(1)).isTrue();
    assertThat(Samples.tls("x").column("ack").isMissing(0)).isTrue();
    assertThat(Samples.tls("x").longColumn("ack").get(1)).isEqualTo(518);
    assertThat(Samples.dns().column("ttl").isMissing(0)).isTrue();
    assertThat(Samples.timings().column("conn").isMissing(0)).isTrue();
    assertThat(Samples.verify().column("ok").isMissing(0)).isTrue();
    assertThat(Samples.chain().column("conn").isMissing(0)).isTrue();
  }

  @Test
  void valuesStandInTheirColumns() {
    Table chain = Samples.chain();
    assertThat(chain.stringColumn("category").get(0)).isEqualTo("End user");
    assertThat(chain.stringColumn("not_before").get(0)).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(chain.booleanColumn("sent").get(0)).isTrue();
    assertThat(chain.booleanColumn("trusted").get(0)).isFalse();
    assertThat(Samples.http().stringColumn("header").get(0))
        .isEqualTo("Location: https://www.lab.test:8443/\nContent-Length: 0");
    assertThat(Samples.verify().intColumn("link").asList()).containsExactly(0, 0, 1);
    assertThat(Samples.fields().intColumn("message").get(0)).isEqualTo(7);
    assertThat(Samples.states().stringColumn("to").get(0)).isEqualTo("SYN-SENT");
  }

  @Test
  void aConnectionIsSingledOut() {
    Table second = Tables.connection(Samples.timings(), 1);
    assertThat(second.stringColumn("phase").asList()).containsExactly("tls");
    assertThatThrownBy(() -> Tables.connection(Samples.dns(), 1))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("dns");
  }

  @Test
  void theLimitKeepsTheFirstRows() {
    assertThat(Tables.limit(Samples.verify(), 2).intColumn("step").asList()).containsExactly(1, 2);
    assertThat(Tables.limit(Samples.verify(), 0).rowCount()).isZero();
    assertThat(Tables.limit(Samples.verify(), 99).rowCount()).isEqualTo(3);
    assertThatThrownBy(() -> Tables.limit(Samples.verify(), -1)).isInstanceOf(Problem.class);
  }

  @Test
  void aRowThatWasLeftUnfinishedIsNoticed() {
    Rows rows = new Rows(TableShape.of("tls").ints("a", "b")).add(1);
    assertThatThrownBy(rows::table).isInstanceOf(IllegalStateException.class);
  }
}
