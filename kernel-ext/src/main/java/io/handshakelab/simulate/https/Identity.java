package io.handshakelab.simulate.https;

import io.handshakelab.lab.Issued;
import io.handshakelab.lab.LabAuthority;
import io.handshakelab.lab.Repeatable;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * Who the ends of a simulated visit are. Root and intermediate are the same in every simulation;
 * the certificates of server and client are made anew for each seed, with keys of their own.
 */
final class Identity {
  private static final int ROOT = 0;
  private static final int INTERMEDIATE = 1;
  private static final int CLIENT = 2;
  private static final int FIRST_SERVER = 3;

  /** When all visits begin, as on the virtual clock. */
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private static final String CURVE = "secp256r1";

  private Identity() {}

  /** The authority of all simulations, made when first asked for. */
  private static final class Shared {
    private static @Nullable LabAuthority authority;

    private static synchronized LabAuthority at(Instant epoch) {
      LabAuthority known = authority;
      if (known == null) {
        known =
            LabAuthority.create(
                List.of(
                    ReadyKeys.key(ROOT), ReadyKeys.key(INTERMEDIATE), ReadyKeys.key(FIRST_SERVER)),
                Repeatable.random(0, "authority"),
                Clock.fixed(epoch, ZoneOffset.UTC));
        authority = known;
      }
      return known;
    }
  }

  static LabAuthority authority() {
    return Shared.at(EPOCH);
  }

  /** A server of these names with an RSA key. */
  static Issued rsaServer(long seed, String... names) {
    int keys = ReadyKeys.COUNT - FIRST_SERVER;
    KeyPair key = ReadyKeys.key(FIRST_SERVER + (int) Math.floorMod(seed, (long) keys));
    return authority().leaf(key, Repeatable.random(seed, "server certificate"), names);
  }

  /** A server of these names with a key on the curve P-256. */
  static Issued ecServer(long seed, String... names) {
    SecureRandom random = Repeatable.random(seed, "server certificate");
    return authority().leaf(ecKey(random), random, names);
  }

  static Issued client(long seed, String name) {
    SecureRandom random = Repeatable.random(seed, "client certificate");
    return authority().client(ReadyKeys.key(CLIENT), random, name);
  }

  private static KeyPair ecKey(SecureRandom random) {
    X9ECParameters curve = CustomNamedCurves.getByName(CURVE);
    BigInteger secret =
        BigIntegers.createRandomInRange(
            BigInteger.ONE, curve.getN().subtract(BigInteger.ONE), random);
    org.bouncycastle.math.ec.ECPoint point = curve.getG().multiply(secret).normalize();
    try {
      java.security.AlgorithmParameters named = java.security.AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(CURVE));
      ECParameterSpec parameters = named.getParameterSpec(ECParameterSpec.class);
      KeyFactory ec = KeyFactory.getInstance("EC");
      ECPoint publicPoint =
          new ECPoint(
              point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
      return new KeyPair(
          ec.generatePublic(new ECPublicKeySpec(publicPoint, parameters)),
          ec.generatePrivate(new ECPrivateKeySpec(secret, parameters)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }
}
