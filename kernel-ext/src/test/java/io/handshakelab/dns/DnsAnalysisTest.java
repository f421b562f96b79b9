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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsAnalysisTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final Endpoint CLIENT = new Endpoint(Bytes.fromHex("7f000001"), 40000);
  private static final Endpoint SERVER = new Endpoint(Bytes.fromHex("7f000001"), 53);
  private static final Endpoint LAB = new Endpoint(Bytes.fromHex("7f000001"), 5300);
  private static final String ZONE =
      """
      www.lab.test. 60 IN CNAME web.lab.test.
      web.lab.test. 30 IN A 127.0.0.1
      web.lab.test. 30 IN AAAA 2001:db8::1
      lab.test. 30 IN MX 10 mail.lab.test.
      lab.test. 30 IN MX 0 .
      lab.test. 30 IN TXT "a. text."
      """;

  private final Capture.Builder builder = Capture.builder("test");
  private long time = START;

  @Test
  void aLookupHasARowForTheQueryAndOneForEachAnswer() throws IOException {
    Message query = query(4660, "www.lab.test.", Type.A);
    add(CLIENT, SERVER, query.toWire());
    time += 1_500_000;
    add(SERVER, CLIENT, response(query, Rcode.NOERROR).toWire());
    List<DnsRow> rows = DnsAnalysis.of(builder.build());
    assertThat(rows)
        .startsWith(
            new DnsRow(1, START, 4660, "www.lab.test", "A", null, null, null, null, Evidence.WIRE),
            answer("CNAME", "web.lab.test", 60),
            answer("A", "127.0.0.1", 30),
            answer("AAAA", "2001:db8::1", 30),
            answer("MX", "10 mail.lab.test", 30),
            answer("MX", "0 .", 30),
            answer("TXT", "\"a. text.\"", 30))
        .hasSize(7);
  }

  @Test
  void aNameThatIsNotThereHasOneRowWithTheCode() throws IOException {
    Message query = query(1, "no.lab.test.", Type.AAAA);
    Message response = query.clone();
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(Rcode.NXDOMAIN);
    add(CLIENT, SERVER, query.toWire());
    add(SERVER, CLIENT, response.toWire());
    assertThat(DnsAnalysis.of(builder.build()).get(1))
        .isEqualTo(
            new DnsRow(
                2, START, 1, "no.lab.test", "AAAA", null, null, "NXDOMAIN", 0.0, Evidence.WIRE));
  }

  @Test
  void anAnswerToAnotherQuestionHasNoRoundTripTime() throws IOException {
    Message query = query(1, "www.lab.test.", Type.A);
    add(CLIENT, SERVER, query(2, "www.lab.test.", Type.A).toWire()); // another id
    add(CLIENT, LAB, query.toWire()); // another server
    add(SERVER, CLIENT, response(query, Rcode.NOERROR).toWire());
    assertThat(DnsAnalysis.of(builder.build()))
        .filteredOn(row -> row.frame() == 3)
        .allMatch(row -> row.rttMs() == null);
  }

  @Test
  void dnsIsKnownByItsBytesOnAnyPortAndOtherDatagramsAreLeftOut() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[12 + random.nextInt(200)];
      random.nextBytes(noise);
      add(CLIENT, LAB, noise);
    }
    add(CLIENT, LAB, query(1, "www.lab.test.", Type.A).toWire());
    assertThat(DnsAnalysis.of(builder.build()))
        .singleElement()
        .extracting(DnsRow::query)
        .isEqualTo("www.lab.test");
  }

  @Test
  void whatMakesNoSenseOnPort53IsARowWithTheReason() {
    add(CLIENT, SERVER, new byte[] {1, 2, 3});
    assertThat(DnsAnalysis.of(builder.build()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.type()).isEqualTo("malformed");
              assertThat(row.id()).isEqualTo(0x0102);
              assertThat(row.answer()).isEqualTo("a header needs 12 octets, there are 3");
            });
  }

  @Test
  void theRowsAreWhatTsharkReads(@TempDir Path directory) throws IOException {
    for (int id = 1; id <= 20; id++) {
      Message query = query(id, "n" + id + ".lab.test.", Type.A);
      add(CLIENT, SERVER, query.toWire());
      time += 1_000_000L * id;
      add(SERVER, CLIENT, response(query, Rcode.NOERROR).toWire());
    }
    Path file = directory.resolve("dns.pcapng");
    Capture capture = builder.build();
    CaptureFiles.write(capture, file, true);
    List<String> tshark =
        Tools.lines(
            "tshark",
            "-r",
            file.toString(),
            "-Y",
            "dns.flags.response == 1",
            "-T",
            "fields",
            "-E",
            "occurrence=f",
            "-E",
            "separator=|",
            "-e",
            "frame.number",
            "-e",
            "dns.id",
            "-e",
            "dns.qry.name",
            "-e",
            "dns.cname",
            "-e",
            "dns.resp.ttl",
            "-e",
            "dns.time");
    List<String> ours =
        DnsAnalysis.of(capture).stream()
            .filter(row -> row.type().equals("CNAME"))
            .map(DnsAnalysisTest::text)
            .toList();
    assertThat(ours).hasSize(20).isEqualTo(tshark);
  }

  @Test
  void everyPrefixAndEveryChangedByteIsSurvived() throws IOException {
    byte[] response = response(query(1, "www.lab.test.", Type.A), Rcode.NOERROR).toWire();
    for (int length = 0; length < response.length; length++) {
      add(SERVER, CLIENT, Arrays.copyOf(response, length));
    }
    for (int at = 0; at < response.length; at++) {
      for (int value : new int[] {0, 1, 0x3f, 0x7f, 0xc0, 0xff, response[at] ^ 0x10}) {
        byte[] changed = response.clone();
        changed[at] = (byte) value;
        add(SERVER, CLIENT, changed);
      }
    }
    Capture capture = builder.build();
    assertThat(DnsAnalysis.of(capture)).hasSizeGreaterThan(capture.frameCount() - 1);
  }

  private void add(Endpoint from, Endpoint to, byte[] payload) {
    Bytes packet = PacketBuilder.from(from).to(to).udp(Bytes.of(payload));
    builder.frame(time, LinkType.RAW, packet, packet.length(), Evidence.WIRE, null);
  }

  private static DnsRow answer(String type, String data, long ttl) {
    return new DnsRow(
        2, START + 1_500_000, 4660, "www.lab.test", type, data, ttl, "NOERROR", 1.5, Evidence.WIRE);
  }

  private static Message query(int id, String name, int type) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    query.getHeader().setID(id);
    return query;
  }

  private static Message response(Message query, int rcode) throws IOException {
    Message response = query.clone();
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(rcode);
    try (Master zone =
        new Master(new ByteArrayInputStream(ZONE.getBytes(StandardCharsets.US_ASCII)))) {
      for (Record record = zone.nextRecord(); record != null; record = zone.nextRecord()) {
        response.addRecord(record, Section.ANSWER);
      }
    }
    return response;
  }

  private static String text(DnsRow row) {
    return String.format(
        Locale.ROOT,
        "%d|0x%04x|%s|%s|%d|%.9f",
        row.frame(),
        row.id(),
        row.query(),
        row.answer(),
        row.ttl(),
        row.rttMs() == null ? -1 : row.rttMs() / 1000);
  }
}
