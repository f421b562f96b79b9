package io.handshakelab.tls.message;

import static io.handshakelab.tls.message.Wire.clientHello;
import static io.handshakelab.tls.message.Wire.extension;
import static io.handshakelab.tls.message.Wire.text;
import static io.handshakelab.tls.message.Wire.v16;
import static io.handshakelab.tls.message.Wire.v8;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  @Test
  void bothAreWhatTsharkSaysOrWhatFollowsFromItsFields() throws Exception {
    List<Bytes> hellos = new ArrayList<>();
    for (Golden golden : Golden.all()) {
      if (golden.type().equals("ClientHello")) {
        hellos.add(golden.message());
      }
    }
    hellos.add(published());
    hellos.add(clientHello("1a1a"));
    hellos.add(clientHello("0a0a13021301", extension(0x2a2a), extension(0x1a1a, "00")));
    assertThat(hellos).hasSizeGreaterThan(10);
    List<String[]> rows =
        TsharkMessages.fields(
            hellos,
            false,
            "tls.handshake.ja3",
            "tls.handshake.ja3_full",
            "tls.handshake.version",
            "tls.handshake.extensions.supported_version",
            "tls.handshake.ciphersuite",
            "tls.handshake.extension.type",
            "tls.handshake.sig_hash_alg",
            "tls.handshake.extensions_alpn_str");
    for (int i = 0; i < rows.size(); i++) {
      ClientHello hello = read(hellos.get(i));
      assertThat(Fingerprint.of(hello).ja3()).isEqualTo(rows.get(i)[0]);
      assertThat(Fingerprint.ja3Text(hello)).isEqualTo(rows.get(i)[1]);
      if (hello.extensions().has(50)) {
        // tshark's field does not tell which extension a signature algorithm stands in.
        continue;
      }
      assertThat(Fingerprint.of(hello).ja4()).isEqualTo(ja4(rows.get(i)));
      assertThat(hello.summary())
          .endsWith(", ja3 " + rows.get(i)[0] + ", ja4 " + ja4(rows.get(i)))
          .hasSizeLessThan(450);
    }
  }

  @Test
  void ja4OfThePublishedExampleIsThePublishedOne() throws Malformed {
    Fingerprint fingerprint = Fingerprint.of(read(published()));
    assertThat(fingerprint.ja4()).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
  }

  @ParameterizedTest
  @CsvSource({
    "ab,ab",
    "abcd,ad",
    "30ab,3b",
    "3031abcd,3d",
    "30abcd31,01",
    "6832,h2",
    "78,xx",
    "'',00",
  })
  void protocolsGiveTheCharactersOfTheSpecification(String hex, String expected) throws Malformed {
    ClientHello hello = read(clientHello("1301", extension(16, v16(v8(hex)))));
    assertThat(Fingerprint.of(hello).ja4()).startsWith("t12i0101" + expected + "_");
  }

  @Test
  void whatIsMissingIsNotHashed() throws Malformed {
    assertThat(Fingerprint.of(read(clientHello("1a1a"))).ja4())
        .isEqualTo("t12i000000_000000000000_000000000000");
    assertThat(Fingerprint.of(read(clientHello("1301", extension(0)))).ja4())
        .startsWith("t12d010100_")
        .endsWith("_000000000000");
    String suites = "0005".repeat(120);
    assertThat(Fingerprint.of(read(clientHello(suites))).ja4()).startsWith("t12i990000_");
  }

  @Test
  void theSameProgramIsRecognisedWithOtherGreaseAndOtherKeys() throws Malformed {
    String first = summary("1a1a1301", "2a2a" + "0001" + "00" + "001d" + v16("01".repeat(32)));
    String second = summary("dada1301", "9a9a" + "0001" + "00" + "001d" + v16("77".repeat(32)));
    assertThat(first).isEqualTo(second).contains("1 suite: ", "key shares x25519, ");
    assertThat(summary("1301", "0017" + v16("04".repeat(65))))
        .isNotEqualTo(first)
        .contains("secp256r1");
  }

  @Test
  void aHelloThatDiffersInOneNumberHasAFingerprintOfItsOwn() throws Malformed {
    List<String> summaries = new ArrayList<>();
    for (int suite = 0x1301; suite < 0x1301 + 3000; suite++) {
      summaries.add(read(clientHello(HexFormat.of().toHexDigits((short) suite))).summary());
    }
    assertThat(summaries).doesNotHaveDuplicates();
    assertThat(read(clientHello("1301")).summary()).isEqualTo(summaries.get(0));
  }

  private static String summary(String suites, String shares) throws Malformed {
    return read(clientHello(suites, extension(0x3a3a), extension(51, v16(shares)))).summary();
  }

  private static Bytes published() {
    return clientHello(
        "0a0a" + "13011302" + "1303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035",
        extension(0x1a1a),
        extension(27, v8("0002")),
        extension(0, v16("00", v16(text("www.lab.test")))),
        extension(51, v16("001d", v16("55".repeat(32)))),
        extension(16, v16(v8(text("h2")), v8(text("http/1.1")))),
        extension(0x4469, v16(v8(text("h2")))),
        extension(23),
        extension(45, v8("01")),
        extension(13, v16("04030804040105030805050108060601")),
        extension(5, "01", v16(), v16()),
        extension(35),
        extension(18),
        extension(43, v8("2a2a03040303")),
        extension(65281, v8()),
        extension(11, v8("00")),
        extension(10, v16("3a3a001d00170018")),
        extension(0x4a4a, "00"),
        extension(21, "00".repeat(50)));
  }

  private static ClientHello read(Bytes message) throws Malformed {
    var context = new MessageContext(ProtocolVersion.TLS_1_2, null);
    return (ClientHello) Messages.handshake(message, context);
  }

  /** By the specification, from what tshark read; GREASE is told by how it is written. */
  private static String ja4(String[] row) throws Exception {
    List<String> versions = real(row[3]);
    String version =
        versions.isEmpty() ? row[2] : versions.stream().sorted().toList().get(versions.size() - 1);
    List<String> suites = real(row[4]);
    List<String> types = real(hex(row[5]));
    List<String> hashed =
        types.stream().filter(t -> !t.equals("0000") && !t.equals("0010")).toList();
    String alpn = row[7].split(",", -1)[0].replace("\\n", "\n");
    String schemes = String.join(",", real(row[6]));
    String list = hashed.stream().sorted().collect(Collectors.joining(","));
    return "t"
        + version(version)
        + (types.contains("0000") ? "d" : "i")
        + String.format("%02d%02d", suites.size(), types.size())
        + ends(alpn)
        + "_"
        + sha(suites.stream().sorted().collect(Collectors.joining(",")))
        + "_"
        + sha(schemes.isEmpty() ? list : list + "_" + schemes);
  }

  private static String version(String number) {
    return switch (number.substring(number.length() - 4)) {
      case "0304" -> "13";
      case "0303" -> "12";
      case "0301" -> "10";
      case "0300" -> "s3";
      default -> "00";
    };
  }

  private static String ends(String alpn) {
    String shown = alpn.matches("[0-9A-Za-z].*") ? alpn : Wire.text(alpn);
    return alpn.isEmpty() ? "00" : "" + shown.charAt(0) + shown.charAt(shown.length() - 1);
  }

  private static String hex(String decimals) {
    return Arrays.stream(decimals.split(",", -1))
        .filter(s -> !s.isEmpty())
        .map(s -> String.format("0x%04x", Integer.parseInt(s)))
        .collect(Collectors.joining(","));
  }

  private static List<String> real(String numbers) {
    return Arrays.stream(numbers.split(",", -1))
        .filter(s -> !s.isEmpty())
        .map(s -> s.substring(s.length() - 4))
        .filter(s -> !s.matches("(.)a\\1a"))
        .toList();
  }

  private static String sha(String list) throws Exception {
    if (list.isEmpty()) {
      return "000000000000";
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash).substring(0, 12);
  }
}
