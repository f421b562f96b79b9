package io.handshakelab.x509;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.lab.Openssl;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateDetailsTest {
  /** A line of {@code openssl x509 -text} with the name of an extension. */
  private static final Pattern TITLE = Pattern.compile("^ {12}(\\S.*?): ?(critical)?\\s*$");

  /** What openssl calls them. */
  private static final Map<String, String> THEIR_NAMES =
      Map.ofEntries(
          entry("subjectKeyIdentifier", "X509v3 Subject Key Identifier"),
          entry("authorityKeyIdentifier", "X509v3 Authority Key Identifier"),
          entry("basicConstraints", "X509v3 Basic Constraints"),
          entry("keyUsage", "X509v3 Key Usage"),
          entry("extKeyUsage", "X509v3 Extended Key Usage"),
          entry("subjectAltName", "X509v3 Subject Alternative Name"),
          entry("issuerAltName", "X509v3 Issuer Alternative Name"),
          entry("nameConstraints", "X509v3 Name Constraints"),
          entry("certificatePolicies", "X509v3 Certificate Policies"),
          entry("policyMappings", "X509v3 Policy Mappings"),
          entry("policyConstraints", "X509v3 Policy Constraints"),
          entry("inhibitAnyPolicy", "X509v3 Inhibit Any Policy"),
          entry("cRLDistributionPoints", "X509v3 CRL Distribution Points"),
          entry("freshestCRL", "X509v3 Freshest CRL"),
          entry("authorityInfoAccess", "Authority Information Access"),
          entry("subjectInfoAccess", "Subject Information Access"),
          entry("tlsfeature", "TLS Feature"),
          entry("ocsp-nocheck", "OCSP No Check"),
          entry("netscapeCertType", "Netscape Cert Type"),
          entry("netscapeComment", "Netscape Comment"),
          entry("privateKeyUsagePeriod", "X509v3 Private Key Usage Period"),
          entry("signedCertificateTimestamps", "CT Precertificate SCTs"),
          entry("microsoftTemplateName", "1.3.6.1.4.1.311.20.2"),
          entry("microsoftCaVersion", "1.3.6.1.4.1.311.21.1"));

  private static final String MANY =
      """
      [req]
      distinguished_name = dn
      x509_extensions = all
      prompt = no
      [dn]
      CN = www.lab.test
      [all]
      basicConstraints = critical,CA:TRUE,pathlen:1
      keyUsage = critical,digitalSignature,nonRepudiation,keyCertSign
      extendedKeyUsage = serverAuth,clientAuth,1.2.3.4.5
      subjectKeyIdentifier = hash
      authorityKeyIdentifier = keyid,issuer:always
      subjectAltName = DNS:www.lab.test,IP:127.0.0.1,IP:::1,email:anna@lab.test,URI:https://lab.test/,RID:1.2.3,dirName:dn
      issuerAltName = DNS:issuer.lab.test
      nameConstraints = critical,permitted;DNS:lab.test,excluded;IP:10.0.0.0/255.0.0.0
      certificatePolicies = 2.23.140.1.2.1,@policy
      policyMappings = 1.2.3:2.23.140.1.2.2
      policyConstraints = requireExplicitPolicy:3,inhibitPolicyMapping:2
      inhibitAnyPolicy = 4
      crlDistributionPoints = URI:http://lab.test/a.crl
      freshestCRL = URI:http://lab.test/delta.crl
      authorityInfoAccess = OCSP;URI:http://lab.test/ocsp,caIssuers;URI:http://lab.test/ca.cer
      subjectInfoAccess = caRepository;URI:http://lab.test/all
      tlsfeature = status_request
      noCheck = ignored
      nsCertType = server,sslCA
      nsComment = "a remark"
      1.2.3.4.5.6 = DER:0403010203
      [policy]
      policyIdentifier = 1.2.3.4
      CPS = http://lab.test/cps
      userNotice = @notice
      [notice]
      explicitText = "be careful"
      """;

  @TempDir Path folder;

  private Bytes withMany() throws Exception {
    Files.writeString(folder.resolve("many.cnf"), MANY);
    Openssl.Result made =
        Openssl.run(
            folder,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "many.pem",
            "-config",
            "many.cnf",
            "-days",
            "10");
    assertThat(made.status()).as(made.output()).isZero();
    return PemFile.read(folder.resolve("many.pem")).get(0);
  }

  private List<String> asOpensslNamesThem(Bytes der) throws Exception {
    Files.write(folder.resolve("one.der"), der.toArray());
    String text =
        Openssl.run(folder, "x509", "-inform", "DER", "-in", "one.der", "-noout", "-text").output();
    List<String> found = new ArrayList<>();
    boolean extensions = false;
    for (String line : text.lines().toList()) {
      Matcher title = TITLE.matcher(line);
      if (line.contains("X509v3 extensions:")) {
        extensions = true;
      } else if (line.startsWith("    Signature Algorithm")) {
        extensions = false;
      } else if (extensions && title.matches()) {
        found.add(title.group(1) + (title.group(2) == null ? "" : " critical"));
      }
    }
    return found;
  }

  private static List<String> asWeNameThem(CertificateDetails details) {
    return details.extensions().stream()
        .map(e -> THEIR_NAMES.getOrDefault(e.name(), e.name()) + (e.critical() ? " critical" : ""))
        .toList();
  }

  private static List<String> lines(CertificateDetails details, String name) {
    return details.extensions().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow()
        .lines();
  }

  @Test
  void opensslNamesTheSameExtensionsInTheSameOrder() throws Exception {
    Bytes der = withMany();
    assertThat(asWeNameThem(CertificateDetails.of(der)))
        .hasSize(21)
        .isEqualTo(asOpensslNamesThem(der));
  }

  @Test
  void opensslNamesTheSameExtensionsOfRealRoots() throws Exception {
    List<Bytes> roots = TrustStore.jdk().roots();
    for (int i = 0; i < roots.size(); i += Math.max(1, roots.size() / 25)) {
      CertificateDetails details = CertificateDetails.of(roots.get(i));
      assertThat(asWeNameThem(details))
          .as(details.name())
          .isEqualTo(asOpensslNamesThem(roots.get(i)));
      assertThat(details.text()).doesNotContain("cannot be read");
    }
  }

  @Test
  void whatTheySayIsSaidInWords() throws Exception {
    CertificateDetails details = CertificateDetails.of(withMany());
    assertThat(details.category()).isEqualTo("Root");
    assertThat(lines(details, "basicConstraints").get(0)).contains("at most 1 authority below");
    assertThat(lines(details, "keyUsage"))
        .extracting(line -> line.replaceFirst(":.*", ""))
        .containsExactly("digitalSignature", "nonRepudiation", "keyCertSign");
    assertThat(lines(details, "extKeyUsage"))
        .containsExactly(
            "TLS server (1.3.6.1.5.5.7.3.1)", "TLS client (1.3.6.1.5.5.7.3.2)", "1.2.3.4.5");
    assertThat(lines(details, "subjectAltName"))
        .containsExactly(
            "host www.lab.test",
            "address 127.0.0.1",
            "address 0:0:0:0:0:0:0:1",
            "mail address anna@lab.test",
            "URI https://lab.test/",
            "registered number 1.2.3",
            "name CN=www.lab.test");
    assertThat(lines(details, "nameConstraints"))
        .containsExactly(
            "only below host lab.test", "never below address 10.0.0.0 under mask 255.0.0.0");
    assertThat(lines(details, "certificatePolicies"))
        .containsExactly(
            "domain validated (2.23.140.1.2.1)",
            "1.2.3.4",
            "   practice statement (1.3.6.1.5.5.7.2.1): http://lab.test/cps",
            "   notice to users (1.3.6.1.5.5.7.2.2): be careful");
    assertThat(lines(details, "policyMappings"))
        .containsExactly("1.2.3 counts as organisation validated (2.23.140.1.2.2)");
    assertThat(lines(details, "policyConstraints")).hasSize(2);
    assertThat(lines(details, "inhibitAnyPolicy")).containsExactly("4");
    assertThat(lines(details, "cRLDistributionPoints"))
        .containsExactly("URI http://lab.test/a.crl");
    assertThat(lines(details, "authorityInfoAccess"))
        .containsExactly(
            "OCSP responder (1.3.6.1.5.5.7.48.1): URI http://lab.test/ocsp",
            "certificate of the issuer (1.3.6.1.5.5.7.48.2): URI http://lab.test/ca.cer");
    assertThat(lines(details, "tlsfeature")).containsExactly("status_request (5)");
    assertThat(lines(details, "netscapeCertType"))
        .containsExactly("TLS server", "authority for TLS");
    assertThat(lines(details, "netscapeComment")).containsExactly("a remark");
    assertThat(lines(details, "1.2.3.4.5.6")).containsExactly("not known: 0403010203");
    assertThat(details.text())
        .contains("extension keyUsage (2.5.29.15), critical, RFC 5280 §4.2.1.3")
        .contains("extension 1.2.3.4.5.6\n");
  }

  @Test
  void timestampsOfLogsAreOpened() {
    String log = "ab".repeat(32);
    String one = "00" + log + "0000018bcfe56800" + "0000" + "0403" + "0001" + "ff";
    String list = String.format("%04x", one.length() / 2) + one;
    byte[] value =
        Bytes.fromHex(
                "04"
                    + String.format("%02x", list.length() / 2 + 2)
                    + String.format("%04x", list.length() / 2)
                    + list)
            .toArray();
    assertThat(ExtensionWords.of("1.3.6.1.4.1.11129.2.4.2", false, value).lines())
        .containsExactly("log " + log + ": written down at 2023-11-14T22:13:20Z");
  }

  @Test
  void whatCannotBeReadIsShownInHexadecimal() throws Exception {
    KeyPair key = TestCertificates.ec("secp256r1");
    X509v3CertificateBuilder builder =
        TestCertificates.builder("CN=odd", key.getPublic(), "CN=odd", BigInteger.ONE);
    for (String number : ExtensionKinds.BY_NUMBER.keySet()) {
      builder.addExtension(
          new ASN1ObjectIdentifier(number), false, new byte[] {0x30, (byte) 0x82, 1});
    }
    CertificateDetails details =
        CertificateDetails.of(TestCertificates.sign(builder, TestCertificates.signer(key)));
    assertThat(details.extensions()).hasSize(ExtensionKinds.BY_NUMBER.size());
    for (ExtensionWords words : details.extensions()) {
      assertThat(words.lines())
          .singleElement()
          .asString()
          .containsAnyOf("cannot be read: 308201", "308201", "it is there");
    }
  }

  @Test
  void mutilatedExtensionsNeverThrowAndStayShort() {
    Random random = new Random(7);
    for (String number : ExtensionKinds.BY_NUMBER.keySet()) {
      for (int i = 0; i < 300; i++) {
        byte[] value = new byte[random.nextInt(40)];
        random.nextBytes(value);
        if (value.length > 2 && i % 2 == 0) {
          value[0] = (byte) (i % 4 == 0 ? 0x30 : 0x04);
          value[1] = (byte) (value.length - 2);
        }
        assertThat(ExtensionWords.of(number, false, value).lines()).isNotNull();
      }
    }
    List<String> lines = ExtensionWords.of("1.2.3", false, new byte[100_000]).lines();
    assertThat(lines.get(0).length()).isLessThan(1100);
    assertThat(lines.get(0)).endsWith("… (100000 bytes)");
  }

  @Test
  void bytesThatAreNoCertificateAreToldOf() {
    CertificateDetails junk = CertificateDetails.of(Bytes.utf8("junk"));
    assertThat(junk.category()).isEqualTo("Malformed");
    assertThat(junk.text()).contains("6a756e6b");
  }
}
