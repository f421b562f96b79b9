package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.tls.protection.SuiteParameters.Mode;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.Registry;
import org.junit.jupiter.api.Test;

class SuiteParametersTest {
  @Test
  void namesTellKeysTagsAndHashes() {
    assertThat(SuiteParameters.of(new CipherSuite(0xc02f)))
        .contains(new SuiteParameters(Mode.GCM, "AES", 16, 0, "", 16, "SHA-256"));
    assertThat(SuiteParameters.of(new CipherSuite(0xc028)))
        .contains(new SuiteParameters(Mode.CBC, "AES", 32, 16, "SHA-384", 0, "SHA-384"));
    assertThat(SuiteParameters.of(new CipherSuite(0x000a)))
        .contains(new SuiteParameters(Mode.CBC, "DESede", 24, 8, "SHA-1", 0, "SHA-256"));
    assertThat(SuiteParameters.of(new CipherSuite(0x1305)))
        .contains(new SuiteParameters(Mode.CCM, "AES", 16, 0, "", 8, "SHA-256"));
    assertThat(SuiteParameters.of(new CipherSuite(0x1302)))
        .contains(new SuiteParameters(Mode.GCM, "AES", 32, 0, "", 16, "SHA-384"));
    assertThat(SuiteParameters.of(new CipherSuite(0x003b)))
        .contains(new SuiteParameters(Mode.NULL, "", 0, 0, "SHA-256", 0, "SHA-256"));
    assertThat(SuiteParameters.of(new CipherSuite(0x0005)))
        .contains(new SuiteParameters(Mode.STREAM, "ARCFOUR", 16, 0, "SHA-1", 0, "SHA-256"));
  }

  @Test
  void everyAesAndChaChaSuiteIsUnderstoodAndNothingThrows() {
    Registry.CIPHER_SUITE
        .names()
        .forEach(
            (number, name) -> {
              var parameters = SuiteParameters.of(new CipherSuite(number));
              if (name.matches("TLS_(.*_WITH_)?(AES|CHACHA20_POLY).*") && !name.contains("GOST")) {
                assertThat(parameters).as(name).isPresent();
              }
            });
    assertThat(SuiteParameters.of(new CipherSuite(0x00ff))).isEmpty();
    assertThat(SuiteParameters.of(new CipherSuite(0x1a1a))).isEmpty();
  }
}
