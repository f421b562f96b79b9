package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Tools;
import io.handshakelab.tls.Field;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.Table;

class FieldsHtmlTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202e\u001b[31m\"$x$";

  @TempDir private Path folder;

  @Test
  void eachFieldHasItsBytesAndItsRowUnderOneName() throws Exception {
    List<Field> fields = sample();
    Document document = parse(TableHtml.of(table(fields)));
    for (int i = 0; i < fields.size(); i++) {
      String bytes = "";
      String characters = "";
      int rows = 0;
      for (Element element : withClass(document, "hl-f" + i)) {
        if (element.getTagName().equals("tr")) {
          rows++;
          assertThat(element.getTextContent()).contains(fields.get(i).meaning());
        } else if (element.hasAttribute("title")) {
          bytes += element.getTextContent().replace(" ", "");
        } else {
          characters += element.getTextContent();
        }
      }
      assertThat(rows).isEqualTo(1);
      assertThat(bytes).isEqualTo(fields.get(i).bytes().hex());
      assertThat(characters).hasSize(fields.get(i).bytes().length());
    }
  }

  @Test
  void linesStayAlignedWhereSpacesAreDropped() {
    String html = TableHtml.of(table(sample()));
    String dump = html.substring(html.indexOf("hl-dump\" style"), html.indexOf("hl-rows"));
    assertThat(dump).doesNotContain("  ").contains("\u00a0\u00a0");
  }

  @Test
  void namesAndValuesOfTheAttackerStayText() throws Exception {
    List<Field> fields = List.of(field("x." + HOSTILE, 0, "41", HOSTILE));
    String html = TableHtml.of(table(fields));
    Document document = parse(html);
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(html).doesNotContain("\u202e", "\u001b", "$x$");
    assertThat(FieldDump.of(fields)).doesNotContain("\u202e").doesNotContain("\u001b");
  }

  @Test
  void aLongFieldIsFoldedInItsMiddleAndWholeNevertheless() throws Exception {
    List<Field> fields =
        List.of(field("a.b", 0, "0102", ""), field("a.c", 2, "ab".repeat(1000), ""));
    Document document = parse(TableHtml.of(table(fields)));
    NodeList folds = document.getElementsByTagName("details");
    assertThat(folds.getLength()).isEqualTo(1);
    Element fold = (Element) folds.item(0);
    assertThat(fold.getElementsByTagName("summary").item(0).getTextContent())
        .isEqualTo("⋮ 928 more bytes of c");
    long octets =
        withClass(document, "hl-f1").stream()
            .filter(e -> e.hasAttribute("title"))
            .mapToLong(e -> (e.getTextContent().length() + 1) / 3)
            .sum();
    assertThat(octets).isEqualTo(1000);
  }

  @Test
  void theNameOfTheViewBelongsToItsContent() {
    String one = TableHtml.of(table(sample()));
    assertThat(TableHtml.of(table(sample()))).isEqualTo(one);
    String other = TableHtml.of(table(List.of(field("a.b", 0, "00", "other"))));
    assertThat(name(one)).isNotEqualTo(name(other));
  }

  @Test
  void someOfTheRowsAndRowsInAnotherOrderAreShownToo() throws Exception {
    Table whole = table(sample());
    Table some = whole.dropRange(1, 2);
    assertThat(withClass(parse(TableHtml.of(some)), "hl-f1")).isNotEmpty();
    Table sorted = whole.sortDescendingOn("offset");
    assertThat(withClass(parse(TableHtml.of(sorted)), "hl-f0")).isNotEmpty();
    assertThat(parse(TableHtml.of(whole.emptyCopy())).getElementsByTagName("td").getLength())
        .isZero();
    assertThat(TableHtml.of(whole.selectColumns("path"))).doesNotContain("hl-dump");
  }

  @Test
  void aHugeMessageMakesNoHugePage() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      fields.add(field("m.f[" + i + "]", 100 * i, "ab".repeat(100), "v"));
    }
    String html = TableHtml.of(table(fields));
    assertThat(html).hasSizeLessThan(4_000_000).contains("… 4000 more rows", "more bytes");
  }

  @Test
  void pointingAtARowMarksItsBytesInABrowser() throws Exception {
    Path page = folder.resolve("page.html");
    String script =
        "<script>let marked = [];"
            + "for (const e of document.querySelectorAll('tr[tabindex]')) { e.focus();"
            + "for (const b of document.querySelectorAll('b[title]'))"
            + " if (getComputedStyle(b).backgroundColor === 'rgb(255, 213, 74)')"
            + " marked.push(e.classList[0] + '=' + b.textContent); }"
            + "document.body.innerText = document.hasFocus()"
            + " ? 'MARKED ' + marked.join(';') + ' END' : 'NO FOCUS';</script>";
    Files.writeString(
        page, "<!DOCTYPE html><meta charset=utf-8>" + TableHtml.of(table(sample())) + script);
    // Nothing has the focus in a page that has not got it itself, which may come too late.
    String dom = "NO FOCUS";
    for (int run = 0; run < 5 && dom.contains("NO FOCUS"); run++) {
      dom =
          Tools.run(
              "chromium",
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--user-data-dir=" + folder.resolve("profile" + run),
              "--dump-dom",
              page.toUri().toString());
    }
    Matcher marked = Pattern.compile("MARKED (.*) END").matcher(dom);
    assertThat(marked.find()).as(dom).isTrue();
    assertThat(marked.group(1))
        .isEqualTo("hl-f0=01;hl-f1=00 00 12;hl-f2=61 62 63 3c 26 00 ff 20 61 62 63 3c;hl-f2=64 65");
  }

  @Test
  void asTextEachFieldBeginsALine() {
    assertThat(FieldDump.of(sample()).lines())
        .containsExactly(
            "000000  01                                               ·                 a.type ="
                + " one",
            "000001  00 00 12                                         ···               a.length ="
                + " 18",
            "000004  61 62 63 3c 26 00 ff 20 61 62 63 3c 64 65        abc<&···abc<de    a.list[0].x"
                + " = text");
  }

  private static List<Field> sample() {
    return List.of(
        field("a.type", 0, "01", "one"),
        field("a.length", 1, "000012", "18"),
        field("a.list[0].x", 4, "6162633c2600ff206162633c6465", "text"));
  }

  private static Field field(String path, int offset, String hex, String value) {
    return new Field(
        path, offset, Bytes.fromHex(hex), value, "what " + path.length(), "RFC 8446 §4");
  }

  private static Table table(List<Field> fields) {
    return TlsTables.fields(7, fields).table();
  }

  private static String name(String html) {
    return html.substring(0, html.indexOf('>'));
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> withClass(Document document, String name) {
    List<Element> found = new ArrayList<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      Set<String> classes = new HashSet<>(List.of(element.getAttribute("class").split(" ", -1)));
      if (classes.contains(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
