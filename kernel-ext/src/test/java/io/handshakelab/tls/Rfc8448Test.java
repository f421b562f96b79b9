package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.TcpAnalysis;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The trace of a simple handshake in RFC 8448 §3, record by record. */
class Rfc8448Test {
  @Test
  void everyRecordOfTheTraceIsOpenedAndBothFinishedAreCorrect() throws Exception {
    TlsAnalysis tls = read("");
    assertThat(tls.messages())
        .extracting(m -> m.sender().label() + " " + m.type() + " " + m.length())
        .containsExactly(
            "client ClientHello 192",
            "server ServerHello 86",
            "server EncryptedExtensions 36",
            "server Certificate 441",
            "server CertificateVerify 132",
            "server Finished 32",
            "client Finished 32",
            "server NewSessionTicket 201",
            "client ApplicationData 50",
            "server ApplicationData 50",
            "client Alert 2",
            "server Alert 2");
    assertThat(tls.messages())
        .filteredOn(m -> m.type().equals("Finished"))
        .allMatch(m -> m.summary().endsWith(", verify_data checked: correct"))
        .extracting(m -> m.bytes().from(4).hex())
        .containsExactly(
            "9b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718",
            "a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61");
    assertThat(tls.plaintext())
        .hasSize(2)
        .allMatch(view -> view.bytes().hex().startsWith("00010203040506070809"));
  }

  @Test
  void withoutOneSecretTheRowsSayWhatCouldNotBeChecked() throws Exception {
    assertThat(read("SERVER_HANDSHAKE_TRAFFIC_SECRET").messages())
        .filteredOn(m -> m.type().equals("Finished"))
        .singleElement()
        .extracting(TlsMessage::summary)
        .asString()
        .endsWith(", verify_data not checked: of the messages before it, not all could be read");
  }

  private static TlsAnalysis read(String withoutLabel) throws Exception {
    MadeUpConnection wire = new MadeUpConnection(40_000, 443);
    StringBuilder keyLog = new StringBuilder();
    for (String line : lines()) {
      String rest = line.substring(line.indexOf(' ') + 1);
      if (!line.startsWith("key ")) {
        wire.send(line.startsWith("client "), Bytes.fromHex(rest));
      } else if (withoutLabel.isEmpty() || !rest.startsWith(withoutLabel)) {
        keyLog.append(rest).append('\n');
      }
    }
    Capture.Builder capture = Capture.builder("RFC 8448");
    wire.addTo(capture, 0);
    return TlsAnalysis.of(
        TcpAnalysis.of(capture.secrets(Secrets.ofKeyLog(keyLog.toString())).build()));
  }

  private static List<String> lines() throws Exception {
    try (InputStream in = Rfc8448Test.class.getResourceAsStream("rfc8448-section3.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
