package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Secrets;
import org.junit.jupiter.api.Test;

class KeyLogTest {
  @Test
  void readsAllForms() {
    KeyLog log =
        keyLog(
            "CLIENT_RANDOM 0A0b " + "11".repeat(48),
            "SERVER_TRAFFIC_SECRET_0 0a0b 2222",
            "RSA Session-ID:CAFE Master-Key:3333",
            "RSA 0102030405060708 4444",
            "EXPORTER_SECRET 0a0b 5555");
    assertThat(log.secret("CLIENT_RANDOM", Bytes.fromHex("0a0b")))
        .isEqualTo(Bytes.fromHex("11".repeat(48)));
    assertThat(log.secret("SERVER_TRAFFIC_SECRET_0", Bytes.fromHex("0a0b")))
        .isEqualTo(Bytes.fromHex("2222"));
    assertThat(log.masterSecretOfSession(Bytes.fromHex("cafe"))).isEqualTo(Bytes.fromHex("3333"));
    assertThat(log.preMasterSecret(Bytes.fromHex("0102030405060708ffff")))
        .isEqualTo(Bytes.fromHex("4444"));
    assertThat(log.unreadLines()).isZero();
    assertThat(log.hasMatched()).isTrue();
  }

  @Test
  void countsWhatItCannotRead() {
    KeyLog log =
        keyLog(
            "nonsense", "CLIENT_RANDOM abc 11", "CLIENT_RANDOM ab", "", "RSA x y", "RSA 11 22 33");
    assertThat(log.unreadLines()).isEqualTo(5);
    assertThat(log.hasMatched()).isFalse();
    assertThat(log.masterSecretOfSession(Bytes.EMPTY)).isNull();
  }

  @Test
  void takesEveryLabelAndSaysWhichItDoesNotKnow() {
    KeyLog log =
        keyLog(
            "\u00ef\u00bb\u00bfCLIENT_TRAFFIC_SECRET_17 AB cd\r",
            "# a comment",
            "ECH_SECRET ab 01",
            "EARLY_EXPORTER_SECRET ab 02",
            "SERVER_TRAFFIC_SECRET_1\tab  03",
            "TASTE_OF_TOMORROW ab 04");
    assertThat(log.secret("CLIENT_TRAFFIC_SECRET_17", Bytes.fromHex("ab")))
        .isEqualTo(Bytes.fromHex("cd"));
    assertThat(log.secret("SERVER_TRAFFIC_SECRET_1", Bytes.fromHex("ab")))
        .isEqualTo(Bytes.fromHex("03"));
    assertThat(log.unreadLines()).isZero();
    assertThat(log.linesWithUnknownLabels()).isEqualTo(1);
    assertThat(log.warnings())
        .containsExactly(
            "1 line of the key log has a label without a meaning here: TASTE_OF_TOMORROW");
  }

  private static KeyLog keyLog(String... lines) {
    return KeyLog.of(Secrets.ofKeyLog(String.join("\n", lines)));
  }
}
