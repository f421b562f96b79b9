package io.handshakelab.oracle;

import io.handshakelab.oracle.TheirMessage.Kind;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads what {@code tshark -T pdml} prints: each frame a tree of fields with their positions. */
final class PdmlReader {
  private final XMLStreamReader in;
  private final List<TheirFrame> frames = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private @Nullable TheirFrame frame;
  private @Nullable TheirMessage message;
  private boolean opaque;
  private boolean opened;
  private int recordLength;
  private int recordVersion;
  private boolean recordHasMessage;
  private final HttpWords http = new HttpWords();

  PdmlReader(InputStream xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    this.in = factory.createXMLStreamReader(xml, "UTF-8");
  }

  List<TheirFrame> read() throws XMLStreamException {
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(in.getLocalName(), attribute("name"));
        case XMLStreamConstants.END_ELEMENT -> end(in.getLocalName());
        default -> {}
      }
    }
    return frames;
  }

  private void start(String element, String name) {
    switch (element) {
      case "proto" -> path.push(name);
      case "field" -> {
        path.push(name);
        field(name);
      }
      default -> {}
    }
  }

  private void end(String element) {
    if (element.equals("packet")) {
      frame = null;
    } else if (element.equals("proto") || element.equals("field")) {
      String name = path.pop();
      if (name.equals("tls.record")) {
        endRecord();
      } else if (name.equals("tls.handshake") || name.equals("tls.alert_message")) {
        message = null;
      } else if (frame != null && element.equals("proto") && name.startsWith("http")) {
        frame.http.addAll(http.take());
      } else if (frame != null && name.equals("http2.stream")) {
        frame.http.addAll(http.take());
      }
    }
  }

  private void field(String name) {
    if (name.equals("num")) {
      frame = new TheirFrame(Integer.parseInt(attribute("show")));
      frames.add(frame);
      return;
    }
    if (frame == null) {
      return;
    }
    if (name.equals("tcp.stream")) {
      frame.stream = Integer.parseInt(attribute("show"));
    } else if (name.startsWith("tls.")) {
      tls(frame, name);
    } else if (name.startsWith("http")) {
      http.field(name, attribute("show"));
    }
  }

  private void tls(TheirFrame in, String name) {
    switch (name) {
      case "tls.record" -> {
        opaque = false;
        opened = false;
        recordHasMessage = false;
        recordLength = -1;
      }
      case "tls.record.opaque_type" -> opaque = true;
      case "tls.record.content_type" -> opened |= opaque;
      case "tls.record.version" -> recordVersion = Integer.decode(attribute("show"));
      case "tls.record.length" -> recordLength = Integer.parseInt(attribute("show"));
      case "tls.handshake.type" -> {
        TheirMessage begun = add(in, Kind.HANDSHAKE);
        begun.type = Integer.parseInt(attribute("show"));
        begun.base = Integer.parseInt(attribute("pos"));
        message = begun;
        leaf(begun, name);
      }
      case "tls.handshake" -> {
        if (attribute("showname").contains("Encrypted Handshake Message")) {
          add(in, Kind.CLOSED_HANDSHAKE);
        }
      }
      case "tls.alert_message" -> {
        boolean closed = attribute("showname").contains("Encrypted Alert");
        message = add(in, closed ? Kind.CLOSED_ALERT : Kind.ALERT);
      }
      case "tls.change_cipher_spec" -> add(in, Kind.CHANGE_CIPHER_SPEC);
      case "tls.app_data" -> add(in, opaque && !opened ? Kind.CLOSED : Kind.APPLICATION_DATA);
      case "tls.heartbeat_message" -> add(in, Kind.HEARTBEAT);
      default -> {
        if (message != null) {
          detail(message, name);
        }
      }
    }
  }

  private void endRecord() {
    if (!recordHasMessage && frame != null && opaque && !opened) {
      add(frame, Kind.CLOSED);
    }
  }

  private TheirMessage add(TheirFrame in, Kind kind) {
    TheirMessage added = new TheirMessage(kind, recordLength, recordVersion);
    in.messages.add(added);
    recordHasMessage = true;
    return added;
  }

  private void detail(TheirMessage of, String name) {
    switch (name) {
      case "tls.handshake.length" -> of.length = Integer.parseInt(attribute("show"));
      case "tls.alert_message.level" -> of.alertLevel = Integer.parseInt(attribute("show"));
      case "tls.alert_message.desc" -> of.alertDescription = Integer.parseInt(attribute("show"));
      case "tls.handshake.ja3" -> of.ja3 = attribute("show");
      default -> {}
    }
    if (of.kind == Kind.HANDSHAKE) {
      leaf(of, name);
    }
  }

  private void leaf(TheirMessage of, String name) {
    String hex = attribute("value");
    int size = Integer.parseInt(attribute("size"));
    if (size > 0 && !hex.isEmpty()) {
      int offset = Integer.parseInt(attribute("pos")) - of.base;
      of.leaves.add(
          new TheirLeaf(name, offset, size, hex, attribute("show"), attribute("showname")));
    }
  }

  private String attribute(String name) {
    String value = in.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
