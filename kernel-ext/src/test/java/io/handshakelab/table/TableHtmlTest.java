package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.Table;

/** What is written is well-formed XML too, so that a strict parser can be the judge. */
class TableHtmlTest {
  @Test
  void aCellHoldsTheTextAndNothingThatABrowserWouldObey() throws Exception {
    String html = TableHtml.of(Samples.tls(Samples.HOSTILE));
    Document document = parse(html);
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(cell(document, 14)).startsWith("↳ <img src=x onerror=alert(1)>‹U+001B›[31m‹U+202E›");
    assertThat(html).doesNotContain("\u202e").doesNotContain("\u001b").doesNotContain("$x$");
  }

  @Test
  void namesOfColumnsAndTablesAreEscapedToo() throws Exception {
    Table table = new Rows(TableShape.of("<b>").texts("<i>")).add("x").table();
    Document document = parse(TableHtml.of(table));
    assertThat(document.getElementsByTagName("i").getLength()).isZero();
    assertThat(text(document, "caption")).isEqualTo("<b> · 1 row");
    assertThat(text(document, "th")).isEqualTo("<i>");
  }

  @Test
  void aLongCellIsFolded() throws Exception {
    Document document = parse(TableHtml.of(Samples.tls("0123456789".repeat(60))));
    assertThat(text(document, "summary")).endsWith("… (600 characters)");
    assertThat(text(document, "details")).endsWith("0123456789".repeat(60));
  }

  @Test
  void anEndlessCellIsCutOff() throws Exception {
    String html = TableHtml.of(Samples.tls("😀".repeat(100_000)));
    assertThat(html).hasSizeLessThan(50_000);
    assertThat(text(parse(html), "details")).endsWith("180000 more characters");
  }

  @Test
  void itSaysHowManyRowsAreLeft() throws Exception {
    Rows rows = new Rows(TableShape.of("tls").ints("conn"));
    for (int i = 0; i < 250; i++) {
      rows.add(i);
    }
    String html = TableHtml.of(rows.table());
    Document document = parse(html);
    assertThat(text(document, "caption")).isEqualTo("tls · 200 of 250 rows");
    assertThat(document.getElementsByTagName("td").getLength()).isEqualTo(200);
    assertThat(html).contains("… 50 more rows").contains("%tls --limit N");
  }

  @Test
  void whatIsInferredLooksDifferent() throws Exception {
    String html = TableHtml.of(Samples.timings());
    assertThat(html).containsPattern("border:1px solid [^>]*>wire<");
    assertThat(html).containsPattern("border:1px dashed [^>]*font-style:italic[^>]*>inferred<");
  }

  @Test
  void numbersStandOnTheRightAndColumnsAreExplained() throws Exception {
    Document document = parse(TableHtml.of(Samples.timings()));
    NodeList heads = document.getElementsByTagName("th");
    assertThat(attribute(heads, 0, "style")).contains("text-align:right");
    assertThat(attribute(heads, 1, "style")).contains("text-align:left");
    assertThat(attribute(heads, 0, "title")).startsWith("number of the TCP connection");
  }

  @Test
  void aNoteStandsBelowItsRowAndRawNumbersStandLast() throws Exception {
    Table table =
        new Rows(TableShape.of("tcp").ints("frame").longs("seq_raw").texts("note", "evidence"))
            .add(1)
            .add(4_000_000_000L)
            .add("<retransmission>")
            .add("wire")
            .add(2)
            .add(5L)
            .add("")
            .add("wire")
            .table();
    Document document = parse(TableHtml.of(table));
    assertThat(document.getElementsByTagName("th").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("th").item(2).getTextContent()).isEqualTo("seq_raw");
    NodeList rows = document.getElementsByTagName("tr");
    assertThat(rows.getLength()).as("head, row and note, row").isEqualTo(4);
    assertThat(rows.item(2).getTextContent()).isEqualTo("↳ <retransmission>");
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static String text(Document document, String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }

  private static String cell(Document document, int index) {
    return document.getElementsByTagName("td").item(index).getTextContent();
  }

  private static String attribute(NodeList nodes, int index, String name) {
    return nodes.item(index).getAttributes().getNamedItem(name).getNodeValue();
  }
}
