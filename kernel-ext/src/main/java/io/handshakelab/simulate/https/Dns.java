package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The question and the answer of a simulated lookup (RFC 1035 §4.1). */
final class Dns {
  private static final long TTL_SECONDS = 60;

  private Dns() {}

  /** Asks for the IPv4 address of a name, and wants recursion. */
  static Bytes query(int id, String host) {
    Message query = new Message(id);
    query.getHeader().setFlag(Flags.RD);
    query.addRecord(Record.newRecord(name(host), Type.A, DClass.IN), Section.QUESTION);
    return Bytes.wrap(query.toWire());
  }

  /** Whatever the name is, it has this address. */
  static Bytes answer(Bytes query, Bytes address) {
    Message question = parse(query);
    Record asked = question.getQuestion();
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(asked, Section.QUESTION);
    answer.addRecord(
        new ARecord(asked.getName(), DClass.IN, TTL_SECONDS, inet(address)), Section.ANSWER);
    return Bytes.wrap(answer.toWire());
  }

  /** The address in an answer; null if it belongs to another question or has none. */
  static @Nullable Bytes address(Bytes answer, int id) {
    Message message = parse(answer);
    if (message.getHeader().getID() != id) {
      return null;
    }
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record instanceof ARecord a) {
        return Bytes.wrap(a.getAddress().getAddress());
      }
    }
    return null;
  }

  /** Only what was made here comes here. */
  private static Message parse(Bytes octets) {
    try {
      return new Message(octets.toArray());
    } catch (IOException e) {
      throw new IllegalStateException("the virtual network changes no octets", e);
    }
  }

  private static Name name(String host) {
    try {
      return Name.fromString(host + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static InetAddress inet(Bytes address) {
    try {
      return InetAddress.getByAddress(address.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
