package io.handshakelab.tls.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every extension of the golden hellos by itself, read by tshark too. */
class ExtensionsOracleTest {
  /** What tshark 4.0 does not open, and says so. */
  private static final Set<String> NOT_OPENED = Set.of("use_srtp", "status_request");

  @ParameterizedTest
  @ValueSource(strings = {"ClientHello", "ServerHello"})
  void tsharkFindsThemWellFormedTooAndMostAreNoticedWhenCutShort(String type)
      throws IOException, Malformed {
    List<Bytes> whole = new ArrayList<>();
    List<Bytes> cut = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Golden golden : Golden.all()) {
      if (golden.type().equals(type)) {
        for (Leaf leaf : Messages.handshakeLeaves(golden.message(), golden.context())) {
          if (leaf.path().matches("[a-z_]+\\.extensions\\[\\d+]\\.type")) {
            int data = leaf.offset() + 4;
            int end = data + golden.message().u16(leaf.offset() + 2);
            int number = golden.message().u16(leaf.offset());
            names.add(leaf.value());
            whole.add(hello(type, number, golden.message().slice(data, end)));
            if (end > data) {
              cut.add(hello(type, number, golden.message().slice(data, end - 1)));
            }
          }
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(40);
    List<String[]> theirs =
        TsharkMessages.fields(
            whole,
            type.equals("ServerHello"),
            "tls.handshake.extension.type",
            "_ws.malformed",
            "_ws.expert.message");
    for (int i = 0; i < theirs.size(); i++) {
      assertThat(theirs.get(i)[0]).as(names.get(i)).isNotEmpty();
      assertThat(theirs.get(i)[1]).as(names.get(i) + " " + whole.get(i).hex()).isEmpty();
      if (!NOT_OPENED.contains(names.get(i))) {
        assertThat(theirs.get(i)[2]).as(names.get(i)).isEmpty();
      }
      assertThat(malformed(whole.get(i))).as(names.get(i)).isZero();
    }
    long noticed = cut.stream().filter(message -> malformed(message) > 0).count();
    assertThat(noticed).as("most have a length that is wrong now").isGreaterThan(cut.size() / 2);
  }

  private static Bytes hello(String type, int number, Bytes data) {
    String extension = Wire.extension(number, data.hex());
    return type.equals("ClientHello")
        ? Wire.clientHello("1301", extension)
        : Wire.message(2, "0303", "ab".repeat(32), "00", "c02f", "00", Wire.v16(extension));
  }

  private static long malformed(Bytes message) {
    var context = new MessageContext(ProtocolVersion.TLS_1_2, null);
    return Messages.handshakeLeaves(message, context).stream()
        .filter(leaf -> leaf.path().endsWith("malformed"))
        .count();
  }
}
