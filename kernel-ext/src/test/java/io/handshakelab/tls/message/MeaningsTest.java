package io.handshakelab.tls.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves say, where a message has a structure of its own. */
class MeaningsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ClientHello | client_shares[1].key_exchange.encapsulation_key | 1184",
        "ClientHello | client_shares[1].key_exchange.x25519 | 32",
        "ClientHello | client_shares[2].key_exchange.encapsulation_key | 1184",
        "ClientHello | client_shares[3].key_exchange.encapsulation_key | 1568",
        "ClientHello | client_shares[4].key_exchange.encapsulation_key | 1184",
        "ClientHello | client_shares[4].key_exchange.x25519 | 32",
        "ClientHello | key_exchange.secp256r1_x | 32",
        "ClientHello | key_exchange.secp384r1_y | 48",
        "ServerHello | server_share.key_exchange.ciphertext | 1088",
        "ServerKeyExchange | curve.b | 32",
        "ServerKeyExchange | k3 | 1",
        "ServerKeyExchange | public.x | 32",
        "ServerKeyExchange | srp_B | 128",
        "Certificate | tbs_certificate.subject_public_key_info.subject_public_key | 275",
        "CertificateURL | sha1_hash | 20",
      })
  void aStructureIsOpened(String type, String end, int length) {
    assertThat(leaves(type)).anyMatch(leaf -> leaf.path().endsWith(end) && leaf.length() == length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ClientHello | extensions[0].type | GREASE (0x0a0a)",
        "ClientHello | extensions[3].type | client_certificate_url",
        "ClientHello | trust_anchors[0].trust_anchor_id | 44947.2.1",
        "ClientHello | parameters[0].id | max_idle_timeout",
        "ClientHello | parameters[0].value | 30000",
        "ClientHello | encrypted_client_hello.aead_id | AES-128-GCM",
        "ClientHello | encrypted_client_hello.type | inner",
        "ClientHello | ech_outer_extensions[1] | signature_algorithms",
        "ClientHello | psk_key_exchange_modes[2] | GREASE (0x0b)",
        "EncryptedExtensions | retry_configs[0].public_name | public.lab.test",
        "EncryptedExtensions | retry_configs[0].kem_id | DHKEM(X25519, HKDF-SHA256)",
        "EncryptedExtensions | parameters[4].id | GREASE (0x1b)",
        "Certificate | sct_list[0].timestamp | 2025-10-20T05:03:11.360Z",
        "Certificate | tbs_certificate.subject | CN=www.lab.test",
        "Certificate | tbs_certificate.signature | ecdsa-with-SHA256",
        "Certificate | subject_public_key_info.algorithm | Ed25519",
        "CertificateRequest | authorities[0].name | C=DE, O=Käse & Söhne, CN=Root <1>",
        "CertificateRequest | filters[0].certificate_extension_oid | 2.5.29.37",
        "HelloRetryRequest | selected_group | x25519",
        "HelloRetryRequest | random | HelloRetryRequest",
        "ServerHello | protocols[1].name | http/1.1",
        "CompressedCertificate | compressed_certificate_message | 2 certificates, 391 + 787 bytes;"
            + " CN=www.lab.test; CN=www.lab.test",
      })
  void aValueIsNamed(String type, String end, String value) {
    assertThat(leaves(type).stream().filter(leaf -> leaf.path().endsWith(end)).map(Leaf::value))
        .contains(value);
  }

  @Test
  void numbersOfRegistriesAreExplained() {
    assertThat(Registry.CIPHER_SUITE.explain(0xc02f))
        .isEqualTo(
            "ephemeral Diffie-Hellman on an elliptic curve, signed with RSA;"
                + " records by AES-128-GCM, keys by SHA256");
    assertThat(Registry.CIPHER_SUITE.explain(0x0003)).contains("weakened for export", "RC4-40");
    assertThat(Registry.CIPHER_SUITE.explain(0x0034)).contains("nobody vouches for");
    assertThat(Registry.CIPHER_SUITE.explain(0x2a2a)).startsWith("GREASE");
    assertThat(Registry.CIPHER_SUITE.explain(0xeeee)).isEmpty();
    assertThat(Registry.ALERT_DESCRIPTION.explain(48)).contains("authority that is trusted");
    for (Registry registry : Registry.values()) {
      for (int number : registry.names().keySet()) {
        assertThat(registry.explain(number)).as(registry + " " + number).doesNotContain("\t");
      }
    }
  }

  @Test
  void nothingIsInACompressedCertificateButWhatItSays() throws Malformed {
    Golden golden = golden("CompressedCertificate", 0);
    Bytes message = golden.message();
    int length = message.u24(6);
    assertThat(read(message, golden).certificate()).isNotNull();
    for (int wrong : new int[] {0, 1, length - 1, length + 1, 0xffffff}) {
      byte[] bytes = message.toArray();
      bytes[6] = (byte) (wrong >> 16);
      bytes[7] = (byte) (wrong >> 8);
      bytes[8] = (byte) wrong;
      CompressedCertificate read = read(Bytes.wrap(bytes), golden);
      assertThat(read.certificate()).as("%d", wrong).isNull();
      assertThat(read.summary()).contains("malformed: ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void garbageDoesNotGetThroughTheDecompressors(int which) throws Malformed {
    Golden golden = golden("CompressedCertificate", which);
    Random random = new Random(which);
    int survived = 0;
    for (int run = 0; run < 3000; run++) {
      byte[] bytes = golden.message().toArray();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt(256);
      }
      survived += read(Bytes.wrap(bytes), golden).certificate() == null ? 0 : 1;
    }
    // Zstandard and brotli have no checksum here.
    assertThat(survived).isLessThan(2000);
  }

  private static CompressedCertificate read(Bytes message, Golden golden) throws Malformed {
    return (CompressedCertificate) Messages.handshake(message, golden.context());
  }

  private static Golden golden(String type, int index) {
    return Golden.all().stream().filter(g -> g.type().equals(type)).toList().get(index);
  }

  private static List<Leaf> leaves(String type) {
    List<Leaf> leaves = new ArrayList<>();
    for (Golden golden : Golden.all()) {
      if (golden.type().equals(type)) {
        leaves.addAll(Messages.handshakeLeaves(golden.message(), golden.context()));
      }
    }
    assertThat(leaves).as(type).isNotEmpty();
    return leaves;
  }
}
