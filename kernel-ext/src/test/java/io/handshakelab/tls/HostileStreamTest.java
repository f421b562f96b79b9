package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records that are cut, altered, split, or no records at all. */
class HostileStreamTest {
  private static final Bytes CLIENT_HELLO = Goldens.tls12("ClientHello");
  private static final Bytes SERVER_HELLO = Goldens.tls12("ServerHello");
  private static final Bytes CERTIFICATE = Goldens.tls12("Certificate");
  private static final Bytes DONE = Bytes.fromHex("0e000000");

  @Test
  void messagesThatLieAcrossRecordsAndRecordsWithManyAreReadAlike() {
    Bytes flight = Bytes.concat(List.of(SERVER_HELLO, CERTIFICATE, DONE));
    List<String> whole = described(FakeStream.record(22, flight));
    assertThat(whole).hasSize(4);
    for (int size = 1; size < 700; size += 37) {
      List<Bytes> records = new ArrayList<>();
      for (int at = 0; at < flight.length(); at += size) {
        records.add(FakeStream.record(22, flight.slice(at, Math.min(flight.length(), at + size))));
      }
      assertThat(described(Bytes.concat(records))).as("pieces of %d", size).isEqualTo(whole);
    }
  }

  @Test
  void ofARecordThatIsCutOffTheMessagesInFrontAreReadAndTheLastOneAsFarAsItGoes() {
    Bytes flight = Bytes.concat(List.of(SERVER_HELLO, CERTIFICATE, DONE));
    Bytes record = FakeStream.record(22, flight);
    Bytes cut = record.slice(0, 5 + SERVER_HELLO.length() + 50);
    TlsAnalysis analysis = FakeStream.analysis(hello(), cut);
    List<TlsMessage> messages = analysis.messages();
    assertThat(messages.subList(1, messages.size()))
        .extracting(TlsMessage::type)
        .containsExactly("ServerHello", "Certificate");
    assertThat(messages.get(1).summary()).doesNotContain("malformed");
    assertThat(messages.get(2).summary())
        .isEqualTo("malformed: cut off, 50 bytes are here at offset 0");
    assertThat(analysis.warnings()).anyMatch(warning -> warning.contains("record cut off"));
  }

  @Test
  void ofAHelloThatIsCutOffTheFieldsAreToldUpToTheCut() {
    Bytes cut = hello().slice(0, 5 + 4 + 2 + 32 + 10);
    TlsAnalysis analysis = FakeStream.analysis(cut, Bytes.EMPTY);
    assertThat(analysis.messages()).extracting(TlsMessage::type).containsExactly("ClientHello");
    assertThat(analysis.fields(0))
        .extracting(Field::path)
        .startsWith(
            "client_hello.msg_type",
            "client_hello.length",
            "client_hello.legacy_version",
            "client_hello.random")
        .endsWith("client_hello.malformed");
  }

  @Test
  void offsetsAndSequenceNumbersAreThoseOfTheFirstByte() {
    Bytes stream =
        Bytes.concat(
            List.of(
                FakeStream.record(22, SERVER_HELLO),
                FakeStream.record(22, CERTIFICATE.slice(0, 300)),
                FakeStream.record(22, CERTIFICATE.from(300)),
                FakeStream.record(22, DONE)));
    List<TlsMessage> messages = FakeStream.analysis(hello(), stream).messages();
    TlsMessage certificate = messages.get(2);
    int first = 5 + SERVER_HELLO.length();
    assertThat(certificate.offset()).isEqualTo(first);
    assertThat(certificate.seq()).isEqualTo(1 + (first + 5) / 100 * 100);
    assertThat(certificate.frame())
        .isEqualTo(10_000 + (first + 10 + CERTIFICATE.length() - 1) / 100);
    assertThat(certificate.timeNanos()).isEqualTo(certificate.frame());
  }

  @Test
  void everyPrefixAndEveryMutationGivesRowsAndNoException() {
    Bytes server =
        Bytes.concat(
            List.of(
                FakeStream.record(22, SERVER_HELLO),
                FakeStream.record(22, CERTIFICATE),
                FakeStream.record(22, DONE),
                FakeStream.record(21, Bytes.fromHex("0100"))));
    Random random = new Random(7);
    for (int at = 0; at < server.length(); at++) {
      check(FakeStream.analysis(hello(), server.slice(0, at)));
      byte[] mutated = server.toArray();
      mutated[at] = (byte) (mutated[at] + 1 + random.nextInt(255));
      check(FakeStream.analysis(hello(), Bytes.wrap(mutated)));
    }
    Bytes client = hello();
    for (int at = 0; at < client.length(); at++) {
      check(FakeStream.analysis(client.slice(0, at), server));
      byte[] mutated = client.toArray();
      mutated[at] ^= (byte) (1 << random.nextInt(8));
      check(FakeStream.analysis(Bytes.wrap(mutated), server));
    }
  }

  @Test
  void randomBytesBehindAHelloEndInOneMarkedRow() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      byte[] noise = new byte[random.nextInt(2000)];
      random.nextBytes(noise);
      Bytes stream = Bytes.concat(List.of(FakeStream.record(22, SERVER_HELLO), Bytes.wrap(noise)));
      check(FakeStream.analysis(hello(), stream));
    }
    TlsAnalysis html = FakeStream.analysis(hello(), Bytes.utf8("HTTP/1.1 400 Bad Request\r\n\r\n"));
    assertThat(html.messages()).hasSize(2);
    assertThat(html.messages().get(1).summary())
        .isEqualTo("malformed: content type 72 is none of TLS at offset 0; 28 bytes are not read");
    assertThat(html.warnings()).hasSize(1);
  }

  @Test
  void aCutOffMessageKeepsItsTypeAndSaysSo() {
    Bytes stream =
        Bytes.concat(
            List.of(
                FakeStream.record(22, SERVER_HELLO),
                FakeStream.record(22, CERTIFICATE.slice(0, 100))));
    List<TlsMessage> messages = FakeStream.analysis(hello(), stream).messages();
    assertThat(messages).hasSize(3);
    assertThat(messages.get(2).type()).isEqualTo("Certificate");
    assertThat(messages.get(2).summary()).startsWith("malformed: cut off, 100 ");
  }

  @Test
  void onlyTlsIsTakenForTls() {
    for (String other :
        List.of("GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "220 mail ESMTP\r\n", "")) {
      TlsAnalysis analysis = FakeStream.analysis(Bytes.utf8(other), Bytes.utf8(other));
      assertThat(analysis.isTls(0)).as(other).isFalse();
      assertThat(analysis.messages()).isEmpty();
    }
    assertThat(FakeStream.analysis(hello(), Bytes.EMPTY).isTls(0)).isTrue();
  }

  @Test
  void aConnectionJoinedInTheMiddleHasEncryptedRows() {
    Bytes data = FakeStream.record(23, Bytes.fromHex("ab".repeat(40)));
    Bytes finished = FakeStream.record(22, Bytes.fromHex("cd".repeat(40)));
    Bytes alert = FakeStream.record(21, Bytes.fromHex("ef".repeat(26)));
    List<TlsMessage> messages =
        FakeStream.analysis(
                Bytes.concat(List.of(finished, data)), Bytes.concat(List.of(data, alert)))
            .messages();
    assertThat(messages)
        .extracting(TlsMessage::type)
        .containsExactly("EncryptedHandshake", "ApplicationData", "ApplicationData", "Alert");
    assertThat(messages).allMatch(m -> m.encrypted() && !m.decrypted());
  }

  private static Bytes hello() {
    return FakeStream.record(22, CLIENT_HELLO);
  }

  private static List<String> described(Bytes fromServer) {
    return FakeStream.analysis(hello(), fromServer).messages().stream()
        .map(m -> m.type() + " " + m.length() + " " + m.summary())
        .toList();
  }

  private static void check(TlsAnalysis analysis) {
    for (TlsMessage m : analysis.messages()) {
      int at = 0;
      for (Field field : analysis.fields(m.number())) {
        if (field.offset() != at) {
          throw new AssertionError(m + " has a gap at " + at);
        }
        at += field.bytes().length();
      }
      assertThat(at).isEqualTo(m.bytes().length());
      assertThat(m.length()).isNotNegative();
    }
  }
}
