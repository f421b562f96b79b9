package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  /** The test vector for P_SHA256 that was published on the TLS working group's mailing list. */
  @Test
  void prfOfTls12GivesThePublishedVector() {
    Bytes secret = Bytes.fromHex("9bbe436ba940f017b17652849a71db35");
    Bytes seed = Bytes.fromHex("a0ba9f936cda311827a6f796ffd5198c");
    assertThat(Prf.tls12("SHA-256", secret, "test label", seed, 100).hex())
        .isEqualTo(
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"
                + "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
                + "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
                + "87347b66");
  }

  /** RFC 5869 §A.1. */
  @Test
  void hkdfGivesTheVectorsOfItsRfc() {
    Bytes key = Bytes.fromHex("0b".repeat(22));
    Bytes prk = Hkdf.extract("SHA-256", Bytes.fromHex("000102030405060708090a0b0c"), key);
    assertThat(prk.hex())
        .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    assertThat(Hkdf.expand("SHA-256", prk, Bytes.fromHex("f0f1f2f3f4f5f6f7f8f9"), 42).hex())
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  /**
   * RFC 8448 §3: the derived secret of the early secret, and the keys of the server's handshake.
   */
  @Test
  void tls13GivesTheTraceOfRfc8448() {
    Bytes early = Hkdf.extract("SHA-256", Bytes.EMPTY, Bytes.wrap(new byte[32]));
    assertThat(early.hex())
        .isEqualTo("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a");
    assertThat(Hkdf.deriveSecret("SHA-256", early, "derived", List.of()).hex())
        .isEqualTo("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba");
    Bytes traffic =
        Bytes.fromHex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
    assertThat(Hkdf.expandLabel("SHA-256", traffic, "key", Bytes.EMPTY, 16).hex())
        .isEqualTo("3fce516009c21727d0f2e4e86ee403bc");
    assertThat(Hkdf.expandLabel("SHA-256", traffic, "iv", Bytes.EMPTY, 12).hex())
        .isEqualTo("5d313eb2671276ee13000b30");
  }
}
