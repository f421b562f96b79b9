package io.handshakelab.dns;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.packet.Endpoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One DNS message, parsed by dnsjava. */
final class DnsMessage {
  private static final int HEADER = 12;

  private final Message message;

  private DnsMessage(Message message) {
    this.message = message;
  }

  /** What an answer repeats of its query; names are equal in either case of letters. */
  record Key(int id, @Nullable Name name, int type) {}

  /** These bytes are no DNS message. It carries no stack. */
  static final class NotDns extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotDns(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  // RFC 1035 §4.1.1
  //  |                      ID                       |
  //  |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
  //  |                    QDCOUNT                    |
  //  |                    ANCOUNT                    |
  //  |                    NSCOUNT                    |
  //  |                    ARCOUNT                    |
  /** A look at the header that spares most other datagrams the parsing. */
  static boolean isPlausible(Bytes payload) {
    if (payload.length() < HEADER + 5) {
      return false;
    }
    int flags = payload.u16(2);
    int questions = payload.u16(4);
    int records = payload.u16(6) + payload.u16(8) + payload.u16(10);
    boolean response = (flags & 0x8000) != 0;
    int opcode = (flags >> 11) & 0xf;
    boolean zero = (flags & 0x0040) == 0;
    // A question has 5 octets at least, a record 11. A multicast answer repeats no question.
    return zero
        && opcode <= 6
        && (flags & 0xf) <= 11
        && (questions == 1 || (response && questions == 0 && records > 0))
        && questions * 5 + records * 11 <= payload.length() - HEADER;
  }

  static DnsMessage parse(Bytes payload) throws NotDns {
    if (payload.length() < HEADER) {
      throw new NotDns("a header needs 12 octets, there are " + payload.length());
    }
    try {
      Message message = new Message(payload.toArray());
      // What is cut off on purpose is read as far as it goes (RFC 2181 §9).
      boolean truncated = message.getHeader().getFlag(Flags.TC);
      if (message.numBytes() != payload.length() && !truncated) {
        throw new NotDns((payload.length() - message.numBytes()) + " octets too many at the end");
      }
      return new DnsMessage(message);
    } catch (IOException | RuntimeException e) {
      // The library throws unchecked exceptions too at some records that make no sense.
      throw new NotDns(String.valueOf(e.getMessage()));
    }
  }

  boolean isResponse() {
    return message.getHeader().getFlag(Flags.QR);
  }

  Key key() {
    Record question = message.getQuestion();
    return new Key(
        message.getHeader().getID(),
        question == null ? null : question.getName(),
        question == null ? 0 : question.getType());
  }

  List<DnsRow> questionRows(Capture capture, int frame) {
    return message.getSection(Section.QUESTION).stream()
        .map(question -> row(capture, frame, question, question, null, null, null, null))
        .toList();
  }

  /** One for each answer, or one without. */
  List<DnsRow> answerRows(Capture capture, int frame, @Nullable Double rttMs) {
    List<Record> answers = message.getSection(Section.ANSWER);
    Record question = message.getQuestion();
    String rcode = Rcode.string(message.getRcode());
    if (answers.isEmpty()) {
      boolean truncated = message.getHeader().getFlag(Flags.TC);
      String answer = truncated ? "(truncated: to be asked again over TCP)" : null;
      return List.of(row(capture, frame, question, question, answer, null, rcode, rttMs));
    }
    return answers.stream()
        .map(
            answer ->
                row(
                    capture,
                    frame,
                    question == null ? answer : question,
                    answer,
                    data(answer),
                    answer.getTTL(),
                    rcode,
                    rttMs))
        .toList();
  }

  private DnsRow row(
      Capture capture,
      int frame,
      @Nullable Record asked,
      @Nullable Record typed,
      @Nullable String answer,
      @Nullable Long ttl,
      @Nullable String rcode,
      @Nullable Double rttMs) {
    return new DnsRow(
        frame,
        capture.timeNanos(frame),
        message.getHeader().getID(),
        asked == null ? "" : withoutDot(asked.getName().toString()),
        typed == null ? "" : Type.string(typed.getType()),
        answer,
        ttl,
        rcode,
        rttMs,
        capture.evidence(frame));
  }

  private static String data(Record answer) {
    byte[] wire = answer.rdataToWireCanonical();
    boolean address =
        (answer.getType() == Type.A && wire.length == 4)
            || (answer.getType() == Type.AAAA && wire.length == 16);
    if (address) {
      return new Endpoint(Bytes.wrap(wire), 0).addressText();
    }
    try {
      return withoutDot(answer.rdataToString());
    } catch (RuntimeException e) {
      // Some records parse, and yet cannot be put in words.
      return "0x" + Bytes.wrap(wire).hex();
    }
  }

  private static String withoutDot(String name) {
    boolean root = name.equals(".") || name.endsWith(" .");
    return name.endsWith(".") && !root ? name.substring(0, name.length() - 1) : name;
  }
}
