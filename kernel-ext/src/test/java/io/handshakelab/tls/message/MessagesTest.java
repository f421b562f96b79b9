package io.handshakelab.tls.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.HandshakeType;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
  static List<Golden> goldens() {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void saysWhatTheMessageSays(Golden golden) throws Malformed {
    assertThat(Messages.handshake(golden.message(), golden.context()).summary())
        .isEqualTo(golden.summary())
        .doesNotContain("malformed");
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void leavesTileTheMessageAndHavePathsOfTheirOwn(Golden golden) {
    List<Leaf> leaves = Messages.handshakeLeaves(golden.message(), golden.context());
    assertTiled(leaves, golden.message());
    Set<String> paths = new HashSet<>();
    for (Leaf leaf : leaves) {
      assertThat(paths.add(leaf.path())).as(leaf.path()).isTrue();
      assertThat(leaf.path()).doesNotContain("malformed");
      assertThat(leaf.meaning()).isNotEmpty();
      assertThat(leaf.rfc()).matches("(RFC|draft).*");
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyPrefixIsMalformedAndTiledNevertheless(Golden golden) {
    for (int length = 0; length < golden.message().length(); length++) {
      Bytes prefix = golden.message().slice(0, length);
      assertThatThrownBy(() -> Messages.handshake(prefix, golden.context()))
          .isInstanceOf(Malformed.class);
      assertTiled(Messages.handshakeLeaves(prefix, golden.context()), prefix);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyPrefixWithItsLengthMendedIsReadOrMalformed(Golden golden) {
    for (int length = 4; length < golden.message().length(); length++) {
      byte[] cut = golden.message().slice(0, length).toArray();
      cut[1] = (byte) ((length - 4) >> 16);
      cut[2] = (byte) ((length - 4) >> 8);
      cut[3] = (byte) (length - 4);
      readOrMalformed(Bytes.wrap(cut), golden.context());
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everySingleByteMutationIsReadOrMalformed(Golden golden) {
    Random random = new Random(golden.message().length());
    for (int i = 0; i < golden.message().length(); i++) {
      byte[] mutated = golden.message().toArray();
      mutated[i] = (byte) (mutated[i] + 1 + random.nextInt(255));
      readOrMalformed(Bytes.wrap(mutated), golden.context());
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void aMessageReadInTheWrongContextIsReadOrMalformed(Golden golden) {
    for (int version : new int[] {0x0300, 0x0301, 0x0303, 0x0304, 0x7f1c}) {
      readOrMalformed(golden.message(), new MessageContext(new ProtocolVersion(version), null));
    }
  }

  @Test
  void goldensHaveAllKindsOfMessages() {
    Set<Integer> kinds = new HashSet<>();
    Golden.all().forEach(golden -> kinds.add(golden.message().u8(0)));
    assertThat(kinds)
        .contains(
            HandshakeType.HELLO_REQUEST,
            HandshakeType.CLIENT_HELLO,
            HandshakeType.SERVER_HELLO,
            HandshakeType.NEW_SESSION_TICKET,
            HandshakeType.END_OF_EARLY_DATA,
            HandshakeType.ENCRYPTED_EXTENSIONS,
            HandshakeType.CERTIFICATE,
            HandshakeType.SERVER_KEY_EXCHANGE,
            HandshakeType.CERTIFICATE_REQUEST,
            HandshakeType.SERVER_HELLO_DONE,
            HandshakeType.CERTIFICATE_VERIFY,
            HandshakeType.CLIENT_KEY_EXCHANGE,
            HandshakeType.FINISHED,
            HandshakeType.CERTIFICATE_STATUS,
            HandshakeType.KEY_UPDATE,
            HandshakeType.COMPRESSED_CERTIFICATE,
            HandshakeType.CERTIFICATE_URL,
            HandshakeType.SUPPLEMENTAL_DATA,
            HandshakeType.NEXT_PROTOCOL,
            HandshakeType.CHANNEL_ID,
            HandshakeType.MESSAGE_HASH);
  }

  @Test
  void theServerNameHasThePathOfTheContract() {
    List<Leaf> names =
        Golden.all().stream()
            .flatMap(g -> Messages.handshakeLeaves(g.message(), g.context()).stream())
            .filter(leaf -> leaf.path().matches("client_hello\\.extensions\\[\\d+]\\.server_name"))
            .toList();
    assertThat(names).isNotEmpty().anyMatch(leaf -> leaf.value().equals("www.lab.test"));
    assertThat(names).allMatch(leaf -> leaf.rfc().equals("RFC 6066 §3"));
  }

  @Test
  void aMalformedExtensionSpoilsItselfAlone() throws Malformed {
    Bytes message =
        Bytes.fromHex(
            "01000039"
                + "0303"
                + "11".repeat(32)
                + "00"
                + "00021301"
                + "0100"
                + "000e"
                + "000a0004"
                + "00ff001d"
                + "00170000"
                + "ffff");
    Bytes mended =
        Bytes.fromHex(
            "01000037"
                + "0303"
                + "11".repeat(32)
                + "00"
                + "00021301"
                + "0100"
                + "000c"
                + "000a0004"
                + "00ff001d"
                + "00170000");
    ClientHello hello =
        (ClientHello) Messages.handshake(mended, new MessageContext(ProtocolVersion.TLS_1_2, null));
    assertThat(hello.summary()).contains("supported_groups malformed");
    assertThat(hello.extensions().has(23)).isTrue();
    assertTiled(
        Messages.handshakeLeaves(mended, new MessageContext(ProtocolVersion.TLS_1_2, null)),
        mended);
    assertThatThrownBy(
            () -> Messages.handshake(message, new MessageContext(ProtocolVersion.TLS_1_2, null)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void alertsSayWhatAndHowBad() throws Malformed {
    assertThat(Messages.alert(Bytes.fromHex("0100")).summary()).isEqualTo("close_notify (warning)");
    assertThat(Messages.alert(Bytes.fromHex("0230")).summary()).isEqualTo("unknown_ca (fatal)");
    assertThat(Messages.alert(Bytes.fromHex("07fe")).summary()).isEqualTo("0xfe (0x07)");
    assertThat(Messages.alertLeaves(Bytes.fromHex("0230")))
        .extracting(Leaf::path)
        .containsExactly("alert.level", "alert.description");
  }

  @Test
  void aClientHelloOfSslTwoIsReadAndTiled() throws Malformed {
    Bytes hello =
        Bytes.fromHex(
            "802e"
                + "01"
                + "0301"
                + "0015"
                + "0000"
                + "0010"
                + "00000a"
                + "000007".repeat(6)
                + "ab".repeat(16));
    assertThat(Messages.sslV2ClientHello(hello).summary())
        .startsWith("TLS 1.0, random " + "00".repeat(16) + "ab".repeat(16))
        .contains("7 suites: TLS_RSA_WITH_3DES_EDE_CBC_SHA");
    for (int length = 0; length <= hello.length(); length++) {
      assertTiled(Messages.sslV2Leaves(hello.slice(0, length)), hello.slice(0, length));
    }
  }

  private static void readOrMalformed(Bytes message, MessageContext context) {
    try {
      assertThat(Messages.handshake(message, context).summary()).isNotNull();
    } catch (Malformed e) {
      assertThat(e.offset()).isBetween(0, message.length());
    }
    assertTiled(Messages.handshakeLeaves(message, context), message);
  }

  private static void assertTiled(List<Leaf> leaves, Bytes message) {
    int at = 0;
    for (Leaf leaf : leaves) {
      if (leaf.offset() != at || leaf.length() < 1) {
        throw new AssertionError(leaf + " does not begin at " + at);
      }
      at += leaf.length();
    }
    assertThat(at).isEqualTo(message.length());
  }
}
