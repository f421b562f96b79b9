package io.handshakelab.table;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.NoKeysAvailableException;
import tech.tablesaw.selection.Selection;

/**
 * The texts of a Tablesaw column, each made when somebody looks at it. Whoever asks for more than
 * single texts, or changes one, makes it an ordinary column first.
 */
final class LazyTexts implements DictionaryMap {
  private static final long FEW = 3;

  private final int size;
  private final IntFunction<@Nullable String> texts;

  /** All of them, where that takes less than one after the other. */
  private final @Nullable Supplier<String[]> together;

  /** An ordinary column with the same texts, once it is needed. */
  private volatile @Nullable DictionaryMap ordinary;

  /** What was looked at last: mostly somebody asks first whether it is missing. */
  private volatile @Nullable Made last;

  /** How often a text was made: a few times over for each, and all of them are worth keeping. */
  private int times;

  private record Made(int row, String text) {}

  private LazyTexts(
      int size, IntFunction<@Nullable String> texts, @Nullable Supplier<String[]> together) {
    this.size = size;
    this.texts = texts;
    this.together = together;
  }

  /** A column whose texts are these; null is a missing one. */
  static StringColumn column(String name, int size, IntFunction<@Nullable String> texts) {
    return StringColumn.createInternal(name, new LazyTexts(size, texts, null));
  }

  /** The same, with a way to have all texts at once; none of them is missing. */
  static StringColumn column(
      String name, int size, IntFunction<@Nullable String> texts, Supplier<String[]> together) {
    return StringColumn.createInternal(name, new LazyTexts(size, texts, together));
  }

  private DictionaryMap all() {
    DictionaryMap known = ordinary;
    if (known == null) {
      known = made();
      ordinary = known;
    }
    return known;
  }

  private synchronized DictionaryMap made() {
    DictionaryMap known = ordinary;
    if (known != null) {
      return known;
    }
    if (together != null) {
      return StringColumn.create("texts", together.get()).getDictionary();
    }
    StringColumn column = StringColumn.create("texts");
    for (int i = 0; i < size; i++) {
      String text = texts.apply(i);
      if (text == null) {
        column.appendMissing();
      } else {
        column.append(text);
      }
    }
    return column.getDictionary();
  }

  @Override
  public int size() {
    DictionaryMap known = ordinary;
    return known == null ? size : known.size();
  }

  @Override
  public String getValueForIndex(int row) {
    DictionaryMap known = ordinary;
    return known == null ? text(row) : known.getValueForIndex(row);
  }

  private String text(int row) {
    Made known = last;
    if (known != null && known.row == row) {
      return known.text;
    }
    if (times++ > FEW * size) {
      return all().getValueForIndex(row);
    }
    String text = texts.apply(row);
    Made made = new Made(row, text == null ? "" : text);
    last = made;
    return made.text;
  }

  @Override
  public boolean isMissing(int row) {
    DictionaryMap known = ordinary;
    return known == null ? text(row).isEmpty() : known.isMissing(row);
  }

  @Override
  public Iterator<String> iterator() {
    DictionaryMap known = ordinary;
    return known == null ? new OneByOne() : known.iterator();
  }

  private final class OneByOne implements Iterator<String> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return getValueForIndex(next++);
    }
  }

  @Override
  public String[] asObjectArray() {
    String[] array = new String[size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = getValueForIndex(i);
    }
    return array;
  }

  @Override
  public void sortDescending() {
    all().sortDescending();
  }

  @Override
  public void sortAscending() {
    all().sortAscending();
  }

  @Override
  public int getKeyAtIndex(int row) {
    return all().getKeyAtIndex(row);
  }

  @Override
  public String getValueForKey(int key) {
    return all().getValueForKey(key);
  }

  @Override
  public int countOccurrences(String text) {
    return all().countOccurrences(text);
  }

  @Override
  public Set<String> asSet() {
    return all().asSet();
  }

  @Override
  public int getKeyForIndex(int row) {
    return all().getKeyForIndex(row);
  }

  @Override
  public int firstIndexOf(String text) {
    return all().firstIndexOf(text);
  }

  @Override
  public Selection selectIsIn(String... wanted) {
    return all().selectIsIn(wanted);
  }

  @Override
  public Selection selectIsIn(Collection<String> wanted) {
    return all().selectIsIn(wanted);
  }

  @Override
  public void append(String text) throws NoKeysAvailableException {
    all().append(text);
  }

  @Override
  public void set(int row, String text) throws NoKeysAvailableException {
    all().set(row, text);
  }

  @Override
  public void clear() {
    all().clear();
  }

  @Override
  public int countUnique() {
    return all().countUnique();
  }

  @Override
  public Table countByCategory(String name) {
    return all().countByCategory(name);
  }

  @Override
  public Selection isEqualTo(String text) {
    return all().isEqualTo(text);
  }

  @Override
  public List<BooleanColumn> getDummies() {
    return all().getDummies();
  }

  @Override
  public byte[] asBytes(int row) {
    return all().asBytes(row);
  }

  @Override
  public int countMissing() {
    return all().countMissing();
  }

  @Override
  public void appendMissing() {
    all().appendMissing();
  }

  @Override
  public DictionaryMap promoteYourself() {
    return all().promoteYourself();
  }

  @Override
  public int nextKeyWithoutIncrementing() {
    return all().nextKeyWithoutIncrementing();
  }

  @Override
  public boolean canPromoteToText() {
    return all().canPromoteToText();
  }
}
