package io.handshakelab.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "c0000201, 192.0.2.1:443",
    "20010db8000000000000000000000001, [2001:db8::1]:443",
    "20010db8000000000001000000000001, [2001:db8::1:0:0:1]:443", // the first of two equal runs
    "20010db8000100010001000100000001, [2001:db8:1:1:1:1:0:1]:443", // one zero group stays
    "20010000000000010000000000000001, [2001:0:0:1::1]:443", // the longest run
    "00000000000000000000000000000000, [::]:443",
    "00000000000000000000000000000001, [::1]:443",
    "fe800000000000000000000000000000, [fe80::]:443",
    "00000000000000000000ffffc0000201, [::ffff:192.0.2.1]:443",
    "ABCDEF01234567890000000000000000, [abcd:ef01:2345:6789::]:443",
  })
  void theTextIsCanonical(String address, String text) {
    assertThat(new Endpoint(Bytes.fromHex(address), 443)).hasToString(text);
  }

  @Test
  void aSocketAddressGoesThereAndBack() {
    InetSocketAddress socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    assertThat(Endpoint.of(socket)).hasToString("127.0.0.1:8080");
    assertThat(Endpoint.of(socket).toSocketAddress()).isEqualTo(socket);
  }

  @ParameterizedTest
  @CsvSource({
    "7f000001, true",
    "7f123456, true",
    "c0000201, false",
    "00000000000000000000000000000001, true",
    "00000000000000000000000000000002, false",
  })
  void loopbackIsRecognised(String address, boolean loopback) {
    assertThat(new Endpoint(Bytes.fromHex(address), 1).isLoopback()).isEqualTo(loopback);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Endpoint(Bytes.of(new byte[5]), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Endpoint(Bytes.of(new byte[4]), 65536))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
