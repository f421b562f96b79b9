package io.handshakelab.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The name server of the lab: authoritative for {@code lab.test} over UDP on loopback (RFC 1035
 * §4.2.1). It knows two names and one address; it refuses what is not its own.
 */
final class DnsService implements AutoCloseable {
  private static final long TTL_SECONDS = 60;
  private static final Name ZONE = name(LabServers.ZONE + ".");
  private static final Name WWW = name(LabServers.WWW + ".");

  private final DatagramSocket socket;
  private final InetAddress address;
  private final Thread thread;

  DnsService(InetAddress address, int port) throws IOException {
    this.address = address;
    this.socket = new DatagramSocket(new InetSocketAddress(address, port));
    this.thread = new Thread(this::serve, "lab-dns");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] reply = reply(Arrays.copyOf(buffer, packet.getLength()));
        if (reply.length > 0) {
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // A closed socket ends the loop; anything else concerns this one question.
      }
    }
  }

  /** The answer to one question, or nothing for what is no question. */
  private byte[] reply(byte[] wire) {
    Message query;
    try {
      query = new Message(wire);
    } catch (IOException e) {
      return new byte[0];
    }
    if (query.getHeader().getFlag(Flags.QR)) {
      return new byte[0];
    }
    Message reply = new Message(query.getHeader().getID());
    Header header = reply.getHeader();
    header.setFlag(Flags.QR);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    header.setRcode(answer(query, reply));
    return reply.toWire(512);
  }

  private int answer(Message query, Message reply) {
    Record question = query.getQuestion();
    if (question == null) {
      return Rcode.FORMERR;
    }
    reply.addRecord(question, Section.QUESTION);
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Rcode.NOTIMP;
    }
    Name name = question.getName();
    if (!name.subdomain(ZONE) || question.getDClass() != DClass.IN) {
      return Rcode.REFUSED;
    }
    reply.getHeader().setFlag(Flags.AA);
    if (!name.equals(ZONE) && !name.equals(WWW)) {
      return Rcode.NXDOMAIN;
    }
    int type = question.getType();
    if (address.getAddress().length == 4 && (type == Type.A || type == Type.ANY)) {
      reply.addRecord(new ARecord(name, DClass.IN, TTL_SECONDS, address), Section.ANSWER);
    } else if (address.getAddress().length == 16 && (type == Type.AAAA || type == Type.ANY)) {
      reply.addRecord(new AAAARecord(name, DClass.IN, TTL_SECONDS, address), Section.ANSWER);
    }
    return Rcode.NOERROR;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
    try {
      // The port is free only when nobody waits on it any more.
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
