package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SceneTest {
  private static final String HOSTILE = "<script>&\u001b[31m\u202e\u0000\uffff😀\ud800]]>";

  private static Scene scene(double height) {
    return new Scene.Builder()
        .add(new Mark.Box(10, 10, 50, 20, Ink.BAR_TLS, null, false))
        .add(new Mark.Box(70, 10, 50, 20, null, Ink.BAD, true))
        .hatch(130, 10, 30, 20, Ink.BAR_TCP)
        .arrow(10, 60, 190, 60, Ink.CONTROL, true)
        .lock(10, 90, Ink.DATA, false)
        .label(30, 90, HOSTILE, Face.STRONG, Ink.TEXT, Mark.Anchor.START)
        .scene("A <test>", 200, height);
  }

  @Test
  void thePngIsTwiceAsLargeAsItIsShown() throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(ScenePng.png(scene(100))));
    assertThat(image.getWidth()).isEqualTo(400);
    assertThat(image.getHeight()).isEqualTo(200);
    assertThat(image.getColorModel().hasAlpha()).isFalse();
    assertThat(image.getRGB(40, 40)).isEqualTo(Ink.BAR_TLS.color().getRGB());
    assertThat(image.getRGB(2, 2)).isEqualTo(Ink.PAPER.color().getRGB());
    assertThat(image.getRGB(374, 120)).isEqualTo(Ink.CONTROL.color().getRGB());
  }

  @Test
  void aHugePictureStaysModest() {
    Scene scene = scene(100_000);
    double scale = ScenePng.scale(scene);
    assertThat(scene.width() * scene.height() * scale * scale).isLessThan(12.1e6);
  }

  @Test
  void theSvgIsWellFormedAndHoldsTheText() throws Exception {
    Document svg = parse(SceneSvg.svg(scene(100)));
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 200 100");
    assertThat(svg.getDoctype()).isNull();
    assertThat(svg.getDocumentElement().getAttribute("font-family")).endsWith(",sans-serif");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <test>");
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("<script>&‹U+001B›[31m‹U+202E›‹U+0000›‹U+FFFF›😀‹U+D800›]]>");
  }

  @Test
  void lettersHaveTheirSizeInTheSvg() throws Exception {
    Scene.Builder scene = new Scene.Builder();
    for (Face face : Face.values()) {
      scene.label(10, 20, face.name(), face, Ink.TEXT, Mark.Anchor.START);
    }
    Document svg = parse(SceneSvg.svg(scene.scene("t", 100, 50)));
    for (int i = 0; i < Face.values().length; i++) {
      Element text = (Element) svg.getElementsByTagName("text").item(i);
      Matcher own = Pattern.compile("font-size:([0-9]+)px").matcher(text.getAttribute("style"));
      String size = own.find() ? own.group(1) + "px" : inherited(text, "font-size");
      assertThat(size).isEqualTo(Face.values()[i].size() + "px");
    }
  }

  private static String inherited(Element element, String name) {
    String own = element.getAttribute(name);
    return own.isEmpty() ? inherited((Element) element.getParentNode(), name) : own;
  }

  @Test
  void hatchingStaysInItsBox() {
    List<Mark> lines = new Scene.Builder().hatch(130, 10, 30, 20, Ink.TEXT).scene("", 1, 1).marks();
    assertThat(lines).isNotEmpty();
    for (Mark mark : lines) {
      Mark.Line line = (Mark.Line) mark;
      assertThat(line.x1()).isBetween(130.0, 160.0);
      assertThat(line.x2()).isBetween(130.0, 160.0);
      assertThat(line.y1()).isBetween(10.0, 30.0);
      assertThat(line.y2()).isBetween(10.0, 30.0);
    }
  }

  @Test
  void aTextIsShortenedToItsRoom() {
    assertThat(Face.BODY.fitted("short", 100)).isEqualTo("short");
    String fitted = Face.BODY.fitted("x".repeat(100_000), 100);
    assertThat(fitted).endsWith("x…");
    assertThat(Face.BODY.width(fitted)).isBetween(85.0, 100.0);
    assertThat(Face.BODY.fitted("abc", 1)).isEqualTo("…");
  }

  static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
