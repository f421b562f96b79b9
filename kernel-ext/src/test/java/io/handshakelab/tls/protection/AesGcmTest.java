package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 1023, 1024, 1025, 16384})
  void opensWhatTheJdkSealsAndNothingElse(int length) throws Exception {
    Random random = new Random(length);
    for (int keyLength : new int[] {16, 32}) {
      byte[] key = bytes(random, keyLength);
      AesGcm gcm = new AesGcm(Bytes.of(key));
      for (int additional : new int[] {0, 5, 13, 16, 40}) {
        byte[] nonce = bytes(random, 12);
        byte[] aad = bytes(random, additional);
        byte[] content = bytes(random, length);
        byte[] sealed = seal(key, nonce, aad, content);
        assertThat(gcm.open(Bytes.of(nonce), Bytes.of(aad), Bytes.of(sealed)))
            .isEqualTo(Bytes.of(content));
        sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(gcm.open(Bytes.of(nonce), Bytes.of(aad), Bytes.of(sealed))).isNull();
      }
      assertThat(gcm.open(Bytes.of(new byte[12]), Bytes.EMPTY, Bytes.of(new byte[15]))).isNull();
    }
  }

  private static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] content)
      throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(aad);
    return cipher.doFinal(content);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] made = new byte[length];
    random.nextBytes(made);
    return made;
  }
}
