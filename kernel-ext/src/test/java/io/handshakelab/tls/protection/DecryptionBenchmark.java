package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** {@code ./lab bench jmh Decryption}: what it costs to open one record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecryptionBenchmark {
  /** A Finished, a page, and as much as a record can hold. */
  @Param({"53", "1400", "16385"})
  public int length;

  private final Bytes nonce = Bytes.of(new byte[12]);
  private final Bytes header = Bytes.of(new byte[5]);
  private AesGcm cipher = new AesGcm(Bytes.of(new byte[16]));
  private Bytes key = Bytes.EMPTY;
  private Bytes sealed = Bytes.EMPTY;

  /** A record that the JDK has sealed. */
  @Setup
  public void seal() throws GeneralSecurityException {
    Random random = new Random(1);
    byte[] octets = new byte[16];
    random.nextBytes(octets);
    byte[] content = new byte[length];
    random.nextBytes(content);
    Cipher sealer = Cipher.getInstance("AES/GCM/NoPadding");
    sealer.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(octets, "AES"),
        new GCMParameterSpec(128, nonce.toArray()));
    sealer.updateAAD(header.toArray());
    sealed = Bytes.wrap(sealer.doFinal(content));
    key = Bytes.wrap(octets);
    cipher = new AesGcm(key);
  }

  @Benchmark
  public @Nullable Bytes openARecord() {
    return cipher.open(nonce, header, sealed);
  }

  @Benchmark
  public @Nullable Bytes openTheFirstRecordUnderItsKey() {
    return new AesGcm(key).open(nonce, header, sealed);
  }
}
