package io.handshakelab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.Tools;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsOverTcpTest {
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("0a000001"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("0a000002"), 53);

  private final Capture.Builder builder = Capture.builder("test");
  private long time = 1_700_000_000_000_000_000L;

  @Test
  void messagesOverTcpAreThoseThatTsharkReads(@TempDir Path directory) throws IOException {
    Message first = query(1, "one.lab.test.", Type.HTTPS);
    Message second = query(2, "two.lab.test.", Type.AAAA);
    Bytes answers = Bytes.concat(List.of(framed(answer(second)), framed(answer(first))));
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    add(PacketBuilder.from(SERVER).to(CLIENT).seq(0).ack(1).flags(PacketBuilder.SYN).tcp());
    Bytes asked = Bytes.concat(List.of(framed(first), framed(second)));
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(1).ack(1).tcp(asked.slice(0, 40)));
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(41).ack(1).tcp(asked.from(40)));
    for (int at = 0; at < answers.length(); at += 50) {
      Bytes part = answers.slice(at, Math.min(answers.length(), at + 50));
      add(PacketBuilder.from(SERVER).to(CLIENT).seq(1 + at).ack(1 + asked.length()).tcp(part));
    }
    Capture capture = builder.build();
    List<DnsRow> rows = DnsAnalysis.of(capture);
    assertThat(rows)
        .extracting(row -> row.id() + " " + row.type() + " " + row.answer())
        .containsExactly(
            "1 HTTPS null",
            "2 AAAA null",
            "2 CNAME www.lab.test",
            "2 AAAA 2001:db8::5",
            "1 HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1",
            "1 TYPE65300 \\# 2 ABCD");
    Path file = directory.resolve("dns.pcapng");
    CaptureFiles.write(capture, file, true);
    List<String> ours = new ArrayList<>();
    for (DnsRow row : rows) {
      String line = row.frame() + "|" + row.query() + "|" + (row.rcode() == null ? "" : "0");
      if (!ours.contains(line)) {
        ours.add(line);
      }
    }
    assertThat(ours).isEqualTo(tshark(file));
    assertThat(rows)
        .filteredOn(row -> row.rcode() != null)
        .allMatch(row -> Objects.requireNonNull(row.rttMs()) > 0);
  }

  @Test
  void whatIsCutOffIsARowAndWhatIsNotDnsIsNone() throws IOException {
    Bytes message = framed(query(1, "one.lab.test.", Type.A));
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    add(
        PacketBuilder.from(CLIENT)
            .to(SERVER)
            .seq(1)
            .tcp(Bytes.concat(List.of(message, message)).slice(0, 50)));
    Endpoint other = new Endpoint(Bytes.fromHex("0a000001"), 40001);
    add(PacketBuilder.from(other).to(SERVER).seq(0).flags(PacketBuilder.SYN).tcp());
    add(PacketBuilder.from(other).to(SERVER).seq(1).tcp(Bytes.utf8("GET / HTTP/1.1\r\n\r\n")));
    assertThat(DnsAnalysis.of(builder.build()))
        .extracting(DnsRow::type)
        .containsExactly("A", "malformed");
  }

  @Test
  void aConnectionThatWasJoinedIsReadFromAMessageOn() throws IOException {
    Message asked = query(1, "one.lab.test.", Type.A);
    Bytes both = Bytes.concat(List.of(framed(asked), framed(query(2, "two.lab.test.", Type.A))));
    add(PacketBuilder.from(CLIENT).to(SERVER).seq(5000).ack(7000).tcp(both));
    Endpoint other = new Endpoint(Bytes.fromHex("0a000001"), 40001);
    add(PacketBuilder.from(other).to(SERVER).seq(5000).ack(7000).tcp(both.from(9)));
    assertThat(DnsAnalysis.of(builder.build()))
        .extracting(DnsRow::query)
        .containsExactly("one.lab.test", "two.lab.test");
  }

  @Test
  void aTruncatedAnswerSaysSoAndEdnsIsNoAnswer() throws IOException {
    Message query = query(7, "big.lab.test.", Type.TXT);
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    Message truncated = query.clone();
    truncated.getHeader().setFlag(Flags.QR);
    truncated.getHeader().setFlag(Flags.TC);
    add(PacketBuilder.from(CLIENT).to(SERVER).udp(Bytes.wrap(query.toWire())));
    add(PacketBuilder.from(SERVER).to(CLIENT).udp(Bytes.wrap(truncated.toWire())));
    assertThat(DnsAnalysis.of(builder.build()))
        .extracting(row -> row.type() + " " + row.answer() + " " + row.rcode())
        .containsExactly("TXT null null", "TXT (truncated: to be asked again over TCP) NOERROR");
  }

  @Test
  void whatNeighboursAskEachOtherIsNoLookup() throws IOException {
    Bytes query = Bytes.wrap(query(0, "printer.local.", Type.A).toWire());
    Endpoint multicast = new Endpoint(Bytes.fromHex("e00000fb"), 5353);
    Endpoint six = new Endpoint(Bytes.fromHex("ff0200000000000000000000000000fb"), 5353);
    Endpoint sixFrom = new Endpoint(Bytes.fromHex("fe800000000000000000000000000001"), 5353);
    Endpoint llmnr = new Endpoint(Bytes.fromHex("e00000fc"), 5355);
    add(PacketBuilder.from(CLIENT).to(multicast).udp(query));
    add(PacketBuilder.from(sixFrom).to(six).udp(query));
    add(PacketBuilder.from(CLIENT).to(llmnr).udp(query));
    Endpoint netbios = new Endpoint(Bytes.fromHex("0a0000ff"), 137);
    add(PacketBuilder.from(new Endpoint(CLIENT.address(), 137)).to(netbios).udp(query));
    assertThat(DnsAnalysis.of(builder.build())).isEmpty();
    Endpoint local = new Endpoint(Bytes.fromHex("7f000001"), 5353);
    add(PacketBuilder.from(CLIENT).to(local).udp(query));
    assertThat(DnsAnalysis.of(builder.build())).hasSize(1);
  }

  private static List<String> tshark(Path file) {
    return Tools.lines(
            "tshark",
            "-r",
            file.toString(),
            "-Y",
            "dns",
            "-T",
            "fields",
            "-E",
            "separator=|",
            "-e",
            "frame.number",
            "-e",
            "dns.qry.name",
            "-e",
            "dns.flags.rcode")
        .stream()
        .flatMap(DnsOverTcpTest::split)
        .toList();
  }

  /** tshark puts all messages of one frame into one line. */
  private static java.util.stream.Stream<String> split(String line) {
    String[] cells = line.split("\\|", -1);
    String[] names = cells[1].split(",", -1);
    return java.util.Arrays.stream(names)
        .map(name -> cells[0] + "|" + name + "|" + cells[2].split(",", -1)[0]);
  }

  private static Message query(int id, String name, int type) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    query.getHeader().setID(id);
    return query;
  }

  private static Message answer(Message query) throws IOException {
    Message response = query.clone();
    response.getHeader().setFlag(Flags.QR);
    Name name = query.getQuestion().getName();
    List<Record> records =
        query.getQuestion().getType() == Type.AAAA
            ? List.of(
                Record.fromString(name, Type.CNAME, DClass.IN, 60, "www.lab.test.", Name.root),
                Record.fromString(
                    Name.fromString("www.lab.test."),
                    Type.AAAA,
                    DClass.IN,
                    60,
                    "2001:db8::5",
                    Name.root))
            : List.of(
                Record.fromString(
                    name,
                    Type.HTTPS,
                    DClass.IN,
                    60,
                    "1 . alpn=h2,h3 ipv4hint=192.0.2.1",
                    Name.root),
                Record.newRecord(
                    name, 65300, DClass.IN, 60, new byte[] {(byte) 0xab, (byte) 0xcd}));
    records.forEach(record -> response.addRecord(record, Section.ANSWER));
    return response;
  }

  private static Bytes framed(Message message) {
    byte[] wire = message.toWire();
    return Bytes.concat(
        List.of(Bytes.of((byte) (wire.length >> 8), (byte) wire.length), Bytes.wrap(wire)));
  }

  private void add(Bytes packet) {
    time += 1_000_000;
    builder.frame(time, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }
}
