package io.handshakelab.x509;

import static java.util.Map.entry;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a message that is no certificate, made with the key of one: opened by the same
 * steps, with the message's own before them.
 */
public final class MessageWalk {
  /** Signature schemes by their numbers (RFC 8446 §4.2.3) and how the library calls them. */
  private static final Map<Integer, String> SCHEMES =
      Map.ofEntries(
          entry(0x0201, "SHA1withRSA"),
          entry(0x0301, "SHA224withRSA"),
          entry(0x0401, "SHA256withRSA"),
          entry(0x0501, "SHA384withRSA"),
          entry(0x0601, "SHA512withRSA"),
          entry(0x0804, "SHA256withRSAandMGF1"),
          entry(0x0805, "SHA384withRSAandMGF1"),
          entry(0x0806, "SHA512withRSAandMGF1"),
          entry(0x0809, "SHA256withRSAandMGF1"),
          entry(0x080a, "SHA384withRSAandMGF1"),
          entry(0x080b, "SHA512withRSAandMGF1"),
          entry(0x0202, "SHA1withDSA"),
          entry(0x0302, "SHA224withDSA"),
          entry(0x0402, "SHA256withDSA"),
          entry(0x0203, "SHA1withECDSA"),
          entry(0x0303, "SHA224withECDSA"),
          entry(0x0403, "SHA256withECDSA"),
          entry(0x0503, "SHA384withECDSA"),
          entry(0x0603, "SHA512withECDSA"),
          entry(0x081a, "SHA256withECDSA"),
          entry(0x081b, "SHA384withECDSA"),
          entry(0x081c, "SHA512withECDSA"),
          entry(0x0807, "Ed25519"),
          entry(0x0808, "Ed448"),
          entry(0x0904, "ML-DSA-44"),
          entry(0x0905, "ML-DSA-65"),
          entry(0x0906, "ML-DSA-87"));

  private static final String SIGNER = SignatureScript.ISSUER.replace("issuer", "signer");
  private static final String LIBRARY = "# signer.public_key().verify(signed, content, …)";

  private MessageWalk() {}

  /**
   * The walk over one message.
   *
   * @param link the number under which the walk is shown
   * @param before the steps that come to what was signed, which the last one calls {@code content}
   * @param signer the certificate of whoever has signed it, in DER
   * @param scheme a signature scheme of TLS
   * @param content what was signed
   */
  public static SignatureWalk of(
      int link,
      List<SignatureStep> before,
      Bytes signer,
      int scheme,
      Bytes content,
      Bytes signature) {
    List<SignatureStep> steps = new ArrayList<>(before);
    ParsedCertificate certificate;
    try {
      certificate = ParsedCertificate.parse(signer);
    } catch (Malformed e) {
      add(steps, "signer", SIGNER, "RFC 5280 §4.1", e.toString(), false);
      return new SignatureWalk(Integer.toString(link), steps);
    }
    Optional<AlgorithmIdentifier> algorithm = algorithm(scheme);
    if (algorithm.isEmpty()) {
      String why = "False: signatures of this kind are not opened here";
      add(steps, "equal", LIBRARY, "RFC 8446 §4.2.3", why, false);
      return new SignatureWalk(Integer.toString(link), steps);
    }
    Signed signed =
        new Signed(
            certificate.subject(),
            "",
            certificate.publicKey(),
            algorithm.get(),
            content,
            signature);
    boolean ours = true;
    boolean decided = false;
    for (SignatureStep step : SignatureWalk.of(signed, SignatureMethod.STRICT).steps()) {
      // What is signed here is a message: it has been told already.
      if (!step.name().equals("subject") && !step.name().equals("tbs")) {
        String name = step.name().equals("issuer") ? "signer" : step.name();
        add(steps, name, ofMessage(step.python()), step.rfc(), step.value(), step.ok());
        ours &= !Boolean.FALSE.equals(step.ok());
        decided |= step.ok() != null;
      }
    }
    boolean theirs = library(signed);
    String words = (theirs ? "True" : "False") + ": Bouncy Castle's ContentVerifier";
    if (decided && ours != theirs) {
      words += "\nThis is not what the steps above say: they come to " + (ours ? "True" : "False");
    }
    add(steps, "library", LIBRARY, "", words, theirs);
    return new SignatureWalk(Integer.toString(link), steps);
  }

  /** The lines of Python for certificates, said of a message. */
  private static String ofMessage(String python) {
    return python
        .replace(SignatureScript.TBS, "content")
        .replace("subject.signature", "signed")
        .replace("issuer", "signer");
  }

  private static void add(
      List<SignatureStep> steps,
      String name,
      String python,
      String rfc,
      String value,
      @Nullable Boolean ok) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, ok, rfc));
  }

  private static Optional<AlgorithmIdentifier> algorithm(int scheme) {
    String name = SCHEMES.get(scheme);
    if (name == null) {
      return Optional.empty();
    }
    DefaultSignatureAlgorithmIdentifierFinder finder =
        new DefaultSignatureAlgorithmIdentifierFinder();
    if (!name.endsWith("MGF1")) {
      return Optional.of(finder.find(name));
    }
    // The salt is as long as the digest (RFC 8446 §4.2.3).
    Hash hash = Hash.valueOf(name.substring(0, "SHA256".length()));
    AlgorithmIdentifier digest =
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash.oid()), DERNull.INSTANCE);
    return Optional.of(
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            new RSASSAPSSparams(
                digest,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
                new org.bouncycastle.asn1.ASN1Integer(hash.length()),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD)));
  }

  private static boolean library(Signed signed) {
    try {
      ContentVerifier verifier =
          new JcaContentVerifierProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(signed.key())
              .get(signed.algorithm());
      try (OutputStream out = verifier.getOutputStream()) {
        out.write(signed.message().toArray());
      }
      return verifier.verify(signed.signature().toArray());
    } catch (IOException | OperatorCreationException | RuntimeException e) {
      // A key that does not fit, or a signature that is none: not made with this key.
      return false;
    }
  }
}
