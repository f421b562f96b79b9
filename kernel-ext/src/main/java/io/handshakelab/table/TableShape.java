package io.handshakelab.table;

import java.util.ArrayList;
import java.util.List;

/** The name of a table, and the names and types of its columns, in order. */
final class TableShape {
  /** What a column holds. */
  enum Kind {
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    TEXT;

    boolean isNumber() {
      return this == INT || this == LONG || this == DOUBLE;
    }
  }

  private final String name;
  private final List<String> columns = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();

  private TableShape(String name) {
    this.name = name;
  }

  static TableShape of(String name) {
    return new TableShape(name);
  }

  TableShape ints(String... names) {
    return columns(Kind.INT, names);
  }

  TableShape longs(String... names) {
    return columns(Kind.LONG, names);
  }

  TableShape doubles(String... names) {
    return columns(Kind.DOUBLE, names);
  }

  TableShape booleans(String... names) {
    return columns(Kind.BOOLEAN, names);
  }

  TableShape texts(String... names) {
    return columns(Kind.TEXT, names);
  }

  TableShape columns(Kind kind, String... names) {
    for (String column : names) {
      columns.add(column);
      kinds.add(kind);
    }
    return this;
  }

  String name() {
    return name;
  }

  int size() {
    return columns.size();
  }

  String column(int index) {
    return columns.get(index);
  }

  Kind kind(int index) {
    return kinds.get(index);
  }

  boolean hasConnections() {
    return columns.contains("conn");
  }
}
