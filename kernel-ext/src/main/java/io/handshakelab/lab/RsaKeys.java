package io.handshakelab.lab;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * RSA keys, of 2048 bits unless told otherwise. Fresh ones come from Java's own generator, which is
 * fast. Repeatable ones come each from a seed of its own, drawn from one source, through HMAC_DRBG
 * (NIST SP 800-90A §10.1.2): so several can be made side by side, and a source that repeats itself
 * gives the same keys, on every machine and Java version, which Java's generator does not promise.
 */
final class RsaKeys {
  private static final int BITS = 2048;
  private static final int WEAK_BITS = 1024;
  private static final int SEED_BYTES = 48;
  private static final int CERTAINTY = 100;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private RsaKeys() {}

  /** So many keys, made on all processors; repeatable ones if there is a source to repeat. */
  static List<KeyPair> several(int count, @Nullable SecureRandom source) {
    if (source == null) {
      return IntStream.range(0, count).parallel().mapToObj(i -> fresh(BITS)).toList();
    }
    List<byte[]> seeds = Stream.generate(() -> seed(source)).limit(count).toList();
    return seeds.parallelStream().map(seed -> repeatable(seed, BITS)).toList();
  }

  /** One of 1024 bits. */
  static KeyPair weak(@Nullable SecureRandom source) {
    return source == null ? fresh(WEAK_BITS) : repeatable(seed(source), WEAK_BITS);
  }

  private static KeyPair fresh(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  private static byte[] seed(SecureRandom source) {
    byte[] seed = new byte[SEED_BYTES];
    source.nextBytes(seed);
    return seed;
  }

  private static KeyPair repeatable(byte[] seed, int bits) {
    SecureRandom random = Repeatable.random(seed);
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, CERTAINTY));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    RSAPrivateCrtKeyParameters key = (RSAPrivateCrtKeyParameters) pair.getPrivate();
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new KeyPair(
          rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
          rsa.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  key.getModulus(),
                  key.getPublicExponent(),
                  key.getExponent(),
                  key.getP(),
                  key.getQ(),
                  key.getDP(),
                  key.getDQ(),
                  key.getQInv())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }
}
