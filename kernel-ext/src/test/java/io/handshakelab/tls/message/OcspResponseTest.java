package io.handshakelab.tls.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;

/** Answers made by Bouncy Castle. */
class OcspResponseTest {
  private static final Date FROM = Date.from(Instant.parse("2026-01-02T03:04:05Z"));
  private static final Date UNTIL = Date.from(Instant.parse("2026-01-09T03:04:05Z"));

  @Test
  void theAnswerIsReadOut() throws Exception {
    assertThat(value(answer(CertificateStatus.GOOD)))
        .isEqualTo("good, as of 2026-01-02T03:04:05Z, holds until 2026-01-09T03:04:05Z");
    assertThat(value(answer(new RevokedStatus(FROM, 1)))).startsWith("revoked, as of 2026-01-02");
    byte[] later = new OCSPRespBuilder().build(OCSPRespBuilder.TRY_LATER, null).getEncoded();
    assertThat(value(later)).isEqualTo("no answer: try later");
  }

  @Test
  void whatIsNoAnswerSaysSo() throws Exception {
    byte[] answer = answer(CertificateStatus.GOOD);
    for (int length = 1; length < answer.length; length++) {
      byte[] cut = Arrays.copyOf(answer, length);
      assertThat(leaf(cut).meaning()).as("%d", length).contains("cannot be opened: ");
    }
  }

  private static String value(byte[] response) {
    return leaf(response).value();
  }

  private static Leaf leaf(byte[] response) {
    Bytes message = Wire.message(22, "01", Wire.v24(Bytes.of(response).hex()));
    var context = new MessageContext(ProtocolVersion.TLS_1_2, null);
    return Messages.handshakeLeaves(message, context).stream()
        .filter(leaf -> leaf.path().equals("certificate_status.response"))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] answer(CertificateStatus status) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    X500Name name = new X500Name("CN=Root");
    var holder =
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, FROM, UNTIL, name, keys.getPublic())
            .build(signer);
    var digest =
        new JcaDigestCalculatorProviderBuilder()
            .build()
            .get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1));
    var basic =
        new BasicOCSPRespBuilder(new RespID(name))
            .addResponse(new CertificateID(digest, holder, BigInteger.TWO), status, FROM, UNTIL)
            .build(signer, null, FROM);
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
  }
}
