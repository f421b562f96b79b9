package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLogTest {
  @Test
  void readsAllForms() {
    KeyLog log =
        KeyLog.of(
            List.of(
                "CLIENT_RANDOM 0A0b " + "11".repeat(48),
                "SERVER_TRAFFIC_SECRET_0 0a0b 2222",
                "RSA Session-ID:CAFE Master-Key:3333",
                "RSA 0102030405060708 4444",
                "EXPORTER_SECRET 0a0b 5555"));
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
        KeyLog.of(List.of("nonsense", "CLIENT_RANDOM abc 11", "CLIENT_RANDOM ab", "", "RSA x y"));
    assertThat(log.unreadLines()).isEqualTo(5);
    assertThat(log.hasMatched()).isFalse();
    assertThat(log.masterSecretOfSession(Bytes.EMPTY)).isNull();
  }
}
