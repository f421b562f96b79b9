package io.handshakelab.tls.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Tools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryTest {
  private static final List<String> TSHARK_VALUES = Tools.lines("tshark", "-G", "values");

  @Test
  void suitesHaveTheNamesThatTsharkKnows() {
    Map<Integer, String> theirs = values("tls.handshake.ciphersuite");
    Map<Integer, String> ours = Registry.CIPHER_SUITE.names();
    assertThat(ours).hasSizeGreaterThan(350);
    theirs.forEach(
        (number, name) -> {
          if (name.startsWith("TLS_") || name.startsWith("SSL_")) {
            assertThat(Registry.CIPHER_SUITE.describe(number)).isEqualTo(name);
          }
        });
  }

  @Test
  void extensionsHaveTheNamesThatTsharkKnows() {
    Map<Integer, String> theirs = values("tls.handshake.extension.type");
    Map<Integer, String> ours = Registry.EXTENSION.names();
    // Named otherwise since, or renamed by IANA.
    theirs.keySet().removeAll(Set.of(34, 53, 17513, 65445));
    theirs.forEach(
        (number, name) -> {
          if (ours.containsKey(number)) {
            assertThat(ours.get(number)).isEqualTo(name);
          }
        });
    assertThat(ours.keySet()).contains(0, 10, 13, 16, 43, 51, 65037, 65281);
  }

  @Test
  void opensslNamesTheSameNumbers() {
    String listing = Tools.run("openssl", "ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL");
    assertThat(listing.lines().count()).isGreaterThan(100);
    listing
        .lines()
        .forEach(
            line -> {
              String[] columns = line.strip().split("\\s+", -1);
              String[] octets = columns[0].split(",", -1);
              int number = Integer.decode(octets[0]) << 8 | Integer.decode(octets[1]);
              assertThat(new CipherSuite(number).toString()).isEqualTo(columns[2]);
            });
  }

  @ParameterizedTest
  @EnumSource(Registry.class)
  void everyNumberPrintsAsSomething(Registry registry) {
    assertThat(registry.names()).isNotEmpty();
    for (int number = 0; number <= 0xffff; number++) {
      if (registry.describe(number).isEmpty()) {
        throw new AssertionError(registry + " has nothing for " + number);
      }
    }
  }

  @Test
  void unknownNumbersPrintAsHexadecimal() {
    assertThat(new CipherSuite(0x1b2c)).hasToString("0x1b2c");
    assertThat(new HandshakeType(99)).hasToString("Handshake(0x63)");
    assertThat(new ProtocolVersion(0x0305)).hasToString("0x0305");
  }

  @Test
  void greaseIsToldFromWhatIsMerelyUnknown() {
    assertThat(new ExtensionType(0x1a1a)).hasToString("GREASE (0x1a1a)");
    assertThat(new ExtensionType(0x1a1a).isGrease()).isTrue();
    assertThat(new ExtensionType(0x1a2a).isGrease()).isFalse();
    assertThat(Registry.PSK_KEY_EXCHANGE_MODE.isGrease(0x2a)).isTrue();
  }

  private static Map<Integer, String> values(String field) {
    Map<Integer, String> names = new HashMap<>();
    for (String line : TSHARK_VALUES) {
      String[] columns = line.split("\t", -1);
      if (columns[0].equals("V") && columns[1].equals(field) && !columns[3].contains("Reserved")) {
        names.put(Integer.decode(columns[2]), columns[3]);
      }
    }
    assertThat(names).isNotEmpty();
    return names;
  }
}
