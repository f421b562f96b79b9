package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.tls.protection.SuiteParameters.Mode;
import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.Registry;
import org.junit.jupiter.api.Test;

class SuiteParametersTest {
  @Test
  void namesTellKeysTagsAndHashes() {
    assertThat(of(0xc02f)).isEqualTo(aead(Mode.GCM, BulkCipher.AES_128, 16, "SHA-256"));
    assertThat(of(0x1305)).isEqualTo(aead(Mode.CCM, BulkCipher.AES_128, 8, "SHA-256"));
    assertThat(of(0xc0ac)).isEqualTo(aead(Mode.CCM, BulkCipher.AES_128, 16, "SHA-256"));
    assertThat(of(0x1302)).isEqualTo(aead(Mode.GCM, BulkCipher.AES_256, 16, "SHA-384"));
    assertThat(of(0x00c6)).isEqualTo(aead(Mode.GCM, BulkCipher.SM4, 16, "SM3"));
    assertThat(of(0xc05d)).isEqualTo(aead(Mode.GCM, BulkCipher.ARIA_256, 16, "SHA-384"));
    assertThat(of(0xc0b5)).isEqualTo(aead(Mode.INTEGRITY_ONLY, BulkCipher.NULL, 48, "SHA-384"));
    assertThat(of(0xc028)).isEqualTo(mac(Mode.CBC, BulkCipher.AES_256, "SHA-384", "SHA-384"));
    assertThat(of(0x000a)).isEqualTo(mac(Mode.CBC, BulkCipher.TRIPLE_DES, "SHA-1", "SHA-256"));
    assertThat(of(0x003b)).isEqualTo(mac(Mode.NULL, BulkCipher.NULL, "SHA-256", "SHA-256"));
    assertThat(of(0x0005)).isEqualTo(mac(Mode.STREAM, BulkCipher.RC4_128, "SHA-1", "SHA-256"));
    assertThat(of(0x0000)).isEqualTo(mac(Mode.NULL, BulkCipher.NULL, "", "SHA-256"));
  }

  @Test
  void exportSuitesTakeShortKeyMaterialForLongKeys() {
    for (int number : new int[] {0x0003, 0x0006, 0x0008, 0x0026, 0x0028, 0x0064}) {
      assertThat(of(number).exportable()).isTrue();
      assertThat(of(number).cipher().materialLength()).isLessThan(of(number).cipher().keyLength());
    }
    assertThat(of(0x0062).exportable()).isTrue();
    assertThat(of(0x0009).exportable()).isFalse();
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

  @Test
  void onlyCiphersThatNobodyHereHasAreLeftOut() {
    Registry.CIPHER_SUITE
        .names()
        .forEach(
            (number, name) -> {
              boolean exotic =
                  name.contains("GOST")
                      || name.contains("SALSA20")
                      || name.contains("FORTEZZA_CBC");
              if (name.contains("_WITH_") && !exotic) {
                assertThat(SuiteParameters.of(new CipherSuite(number))).as(name).isPresent();
              }
            });
  }

  private static SuiteParameters of(int number) {
    return SuiteParameters.of(new CipherSuite(number)).orElseThrow();
  }

  private static SuiteParameters aead(Mode mode, BulkCipher cipher, int tag, String hash) {
    return new SuiteParameters(mode, cipher, false, "", tag, hash);
  }

  private static SuiteParameters mac(Mode mode, BulkCipher cipher, String hash, String prf) {
    return new SuiteParameters(mode, cipher, false, hash, 0, prf);
  }
}
