package io.handshakelab.magic;

import java.util.List;

/** What works here and what does not, as {@code doctor} finds it. */
public record Checklist(List<Item> items) {
  public Checklist {
    items = List.copyOf(items);
  }

  /** How well one thing is. */
  public enum Grade {
    /** It works. */
    GOOD,
    /** It is missing, and something can be done without it only in a lesser way. */
    LESSER,
    /** It is missing, and the product does not work. */
    BAD
  }

  /**
   * One thing that was looked at.
   *
   * @param subject such as {@code capture}
   * @param found what was found; not escaped for display
   * @param advice what to do, empty where nothing is to be done
   */
  public record Item(String subject, Grade grade, String found, String advice) {}

  public boolean good() {
    return items.stream().noneMatch(item -> item.grade() == Grade.BAD);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Item item : items) {
      String mark =
          switch (item.grade()) {
            case GOOD -> "ok";
            case LESSER -> "--";
            case BAD -> "!!";
          };
      text.append(String.format("%-2s %-14s %s%n", mark, item.subject(), item.found()));
      if (!item.advice().isEmpty()) {
        text.append(String.format("%-2s %-14s   → %s%n", "", "", item.advice()));
      }
    }
    return text.toString().stripTrailing();
  }
}
