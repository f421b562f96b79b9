package io.handshakelab.simulate.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadyKeysTest {
  @Test
  void eachDistanceLeadsToAPrimeOfItsOwn() {
    Set<BigInteger> primes = new HashSet<>();
    for (int i = 0; i < 2 * ReadyKeys.COUNT; i++) {
      BigInteger prime = ReadyKeys.prime(i);
      assertThat(prime.isProbablePrime(30)).as("prime %d", i).isTrue();
      assertThat(prime.bitLength()).isEqualTo(1024);
      primes.add(prime);
    }
    assertThat(primes).hasSize(2 * ReadyKeys.COUNT);
  }

  @Test
  void theKeysHave2048BitsAndSign() throws Exception {
    for (int i = 0; i < ReadyKeys.COUNT; i++) {
      KeyPair key = ReadyKeys.key(i);
      assertThat(((RSAPublicKey) key.getPublic()).getModulus().bitLength()).isEqualTo(2048);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update((byte) i);
      byte[] signed = signature.sign();
      signature.initVerify(key.getPublic());
      signature.update((byte) i);
      assertThat(signature.verify(signed)).isTrue();
    }
  }
}
