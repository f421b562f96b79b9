package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/** A column whose texts are made late does all that an ordinary one does, with the same result. */
class LazyTextsTest {
  private static final int ROWS = 700;

  private static @Nullable String text(int row) {
    return row % 50 == 7 ? null : "text " + row * row % 311;
  }

  private static StringColumn late() {
    return LazyTexts.column("words", ROWS, LazyTextsTest::text);
  }

  private static StringColumn ordinary() {
    StringColumn column = StringColumn.create("words");
    for (int i = 0; i < ROWS; i++) {
      String text = text(i);
      if (text == null) {
        column.appendMissing();
      } else {
        column.append(text);
      }
    }
    return column;
  }

  private static Table with(StringColumn words) {
    int[] numbers = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      numbers[i] = i;
    }
    return Table.create("t", IntColumn.create("n", numbers), words);
  }

  private static void same(Function<StringColumn, Object> what) {
    assertThat(what.apply(late())).isEqualTo(what.apply(ordinary()));
  }

  private static void sameTable(Function<Table, Table> what) {
    assertThat(csv(what.apply(with(late()))))
        .isEqualTo(csv(what.apply(with(ordinary()))))
        .contains("text");
  }

  private static String csv(Table table) {
    return Listings.of(table).text(TableFormat.CSV);
  }

  @Test
  void questionsHaveTheSameAnswers() {
    same(StringColumn::asList);
    same(StringColumn::countMissing);
    same(StringColumn::countUnique);
    same(c -> c.isMissing(7));
    same(c -> c.isMissing(8));
    same(c -> c.getString(57));
    same(c -> c.firstIndexOf("text 49"));
    same(c -> c.countOccurrences("text 49"));
    same(c -> c.contains("text 49"));
    same(c -> List.of(c.asObjectArray()));
    same(c -> c.unique().asList());
    same(c -> c.lead(3).asList());
    same(c -> c.lag(3).asList());
    same(c -> c.copy().asList());
    same(c -> c.asSet().size());
    same(c -> c.isEqualTo("text 49").size());
    same(c -> c.isIn("text 49", "text 1").size());
    same(c -> c.isNotEqualTo("text 49").size());
    same(c -> c.isMissing().size());
    same(c -> c.startsWith("text 1").size());
    same(c -> c.where(Selection.with(0, 7, 90)).asList());
    same(c -> c.removeMissing().asList());
    same(c -> c.upperCase().asList());
    same(c -> c.getDummies().size());
    same(c -> c.summary().print());
    same(c -> c.countByCategory().rowCount());
    same(c -> c.top(5));
    same(c -> c.asBytes(3).length);
  }

  @Test
  void changesHaveTheSameEffect() {
    same(c -> changed(c, () -> c.append("one more")));
    same(c -> changed(c, c::appendMissing));
    same(c -> changed(c, () -> c.set(3, "another")));
    same(c -> changed(c, () -> c.set(Selection.with(3, 4), "another")));
    same(c -> changed(c, () -> c.setMissing(3)));
    same(c -> changed(c, c::sortAscending));
    same(c -> changed(c, c::sortDescending));
    same(c -> changed(c, c::clear));
    same(c -> changed(c, () -> c.append(ordinary())));
    same(c -> changed(c, () -> manyMore(c)));
  }

  private static void manyMore(StringColumn column) {
    for (int i = 0; i < 40_000; i++) {
      column.append("new " + i);
    }
  }

  private static List<String> changed(StringColumn column, Runnable change) {
    change.run();
    return column.asList();
  }

  @Test
  void tablesAreHandledAlike() {
    sameTable(t -> t);
    sameTable(t -> t.where(t.stringColumn("words").isEqualTo("text 49")));
    sameTable(t -> t.sortOn("words", "-n"));
    sameTable(t -> t.sortDescendingOn("words", "n"));
    sameTable(t -> t.first(5));
    sameTable(t -> t.last(5));
    sameTable(t -> t.dropDuplicateRows());
    sameTable(t -> t.copy().append(t));
    sameTable(t -> t.countBy("words").sortOn("words"));
    sameTable(
        t ->
            t.joinOn("words")
                .with(with(ordinary()).first(40))
                .allowDuplicateColumnNames(true)
                .join());
    sameTable(t -> t.splitOn("words").get(0).asTable());
    sameTable(t -> t.dropRowsWithMissingValues());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aTextIsMadeOnlyWhenSomebodyLooks(int shown) {
    AtomicInteger made = new AtomicInteger();
    StringColumn column =
        LazyTexts.column(
            "words",
            ROWS,
            row -> {
              made.incrementAndGet();
              return text(row);
            });
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      if (!column.isMissing(i)) {
        seen.add(column.get(i));
      }
    }
    assertThat(seen).hasSize(shown);
    assertThat(made).hasValue(shown);
  }

  @Test
  void whoeverLooksAgainAndAgainHasThemMadeOnlyAFewTimes() {
    AtomicInteger made = new AtomicInteger();
    StringColumn column =
        LazyTexts.column("words", ROWS, row -> "text " + made.incrementAndGet() % 2);
    for (int i = 0; i < 100 * ROWS; i++) {
      assertThat(column.get(i % ROWS)).startsWith("text");
    }
    assertThat(made.get()).isLessThan(5 * ROWS);
  }

  @Test
  void allTextsAtOnceAreAskedForOnceAndOnlyWhenAllAreNeeded() {
    AtomicInteger times = new AtomicInteger();
    StringColumn words =
        LazyTexts.column(
            "words",
            3,
            row -> "word " + row,
            () -> {
              times.incrementAndGet();
              return new String[] {"word 0", "word 1", "word 2"};
            });
    assertThat(words.get(1)).isEqualTo("word 1");
    assertThat(times).hasValue(0);
    assertThat(words.isEqualTo("word 2").toArray()).containsExactly(2);
    assertThat(words.countUnique()).isEqualTo(3);
    assertThat(words.asList()).containsExactly("word 0", "word 1", "word 2");
    assertThat(times).hasValue(1);
  }
}
