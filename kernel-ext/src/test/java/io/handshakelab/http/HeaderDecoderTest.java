package io.handshakelab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderDecoderTest {
  private final HeaderDecoder decoder = new HeaderDecoder(new TextBudget(1 << 20), true);
  private final HeaderDecoder joined = new HeaderDecoder(new TextBudget(1 << 20), false);

  @ParameterizedTest
  @CsvSource({
    // RFC 7541 C.3 and C.4: the same three requests, plain and with Huffman coding.
    "828684410f7777772e6578616d706c652e636f6d, 828684be58086e6f2d6361636865,"
        + " 828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    "828684418cf1e3c2e5f23a6ba0ab90f4ff, 828684be5886a8eb10649cbf,"
        + " 828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"
  })
  void requestsOfTheStandardAreRead(String first, String second, String third) throws Malformed {
    assertThat(lines(first))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(lines(second))
        .containsExactly(
            ":method: GET",
            ":scheme: http",
            ":path: /",
            ":authority: www.example.com",
            "cache-control: no-cache");
    assertThat(lines(third))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  /** RFC 7541 C.5 and C.6, whose table of 256 octets drops entries. */
  @ParameterizedTest
  @CsvSource({
    "3fe1014803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d"
        + "546e1768747470733a2f2f7777772e6578616d706c652e636f6d, 4803333037c1c0bf,"
        + " 88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31",
    "3fe101488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c7"
        + "8f0b97c8e9ae82ae43d3, 4883640effc1c0bf, 88c16196d07abe941054d444a8200595040b8166e084a62d"
        + "1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065"
        + "c003ed4ee5b1063d5007"
  })
  void responsesOfTheStandardAreRead(String first, String second, String third) throws Malformed {
    assertThat(lines(first))
        .containsExactly(
            ":status: 302",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com");
    assertThat(lines(second)).startsWith(":status: 307", "cache-control: private").hasSize(4);
    assertThat(lines(third))
        .containsExactly(
            ":status: 200",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:22 GMT",
            "location: https://www.example.com",
            "content-encoding: gzip",
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
  }

  @Test
  void anEntryThatWasSetBeforeTheCaptureIsUnknownAndLaterOnesKeepTheirNumbers() throws Malformed {
    // An unknown entry, a name from an unknown entry (kept), a new name (kept).
    assertThat(lines(joined, "82" + "be" + "7f00" + "0161" + "40016e0176"))
        .containsExactly(
            ":method: GET",
            "(unknown field: HPACK entry 62 was set in what is not captured)",
            "(unknown name, set in what is not captured): a",
            "n: v");
    assertThat(lines(joined, "bebfc0"))
        .containsExactly(
            "n: v",
            "(unknown name, set in what is not captured): a",
            "(unknown field: HPACK entry 64 was set in what is not captured)");
  }

  @Test
  void aMissedBlockMakesOlderEntriesUnknown() throws Malformed {
    lines(decoder, "40016e0176");
    decoder.missedSomething();
    assertThat(lines(decoder, "be")).singleElement().asString().startsWith("(unknown field");
  }

  @ParameterizedTest
  @CsvSource({
    "be, the HPACK table has no entry 62",
    "80, HPACK: index 0 cannot be less than 1",
    "ffffffffff7f, a number of HPACK is too large",
    "ffffffffffffffffff7f, a number of HPACK is too large",
    "3fffffff7f, the HPACK table would be larger than 1048576",
    "00ff, HPACK: Unexpected end of HPACK data",
    "0005616263, HPACK: Unexpected end of HPACK data"
  })
  void whatMakesNoSenseIsMalformed(String block, String reason) {
    assertThatThrownBy(() -> decoder.decode(Bytes.fromHex(block)))
        .isInstanceOf(Malformed.class)
        .extracting(e -> ((Malformed) e).reason())
        .asString()
        .startsWith(reason.substring(0, Math.min(reason.length(), 12)));
  }

  @Test
  void aSmallBlockThatStandsForMuchTextIsCutDown() throws Malformed {
    // A value of 4000 octets: 127 + 0x21 + 0x1e * 128.
    Bytes head = Bytes.fromHex("40016e7fa11e");
    Bytes entry = Bytes.concat(List.of(head, Bytes.utf8("x".repeat(4000))));
    decoder.decode(entry);
    Bytes bomb = Bytes.fromHex("be".repeat(10_000));
    HeaderFields first = decoder.decode(bomb);
    assertThat(String.join("", first.linesWithout()).length()).isBetween(60_000, 70_000);
    assertThat(first.linesWithout())
        .last()
        .asString()
        .endsWith("more fields are not shown: too much text)");
    for (int i = 0; i < 20; i++) {
      decoder.decode(bomb);
    }
    assertThat(decoder.decode(bomb).linesWithout())
        .containsExactly("(10000 more fields are not shown: too much text)");
  }

  @Test
  void aValueCannotPretendToBeAnotherLine() throws Malformed {
    assertThat(lines("00016e03610a62")).containsExactly("n: a\\nb");
  }

  @Test
  void noBlockThrowsAnythingElse() {
    Random random = new Random(7541);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      try {
        (random.nextBoolean() ? decoder : joined).decode(Bytes.wrap(block));
        read++;
      } catch (Malformed e) {
        assertThat(e.reason()).isNotEmpty();
      }
    }
    assertThat(read).isBetween(100, 19_900);
  }

  private List<String> lines(String hex) throws Malformed {
    return lines(decoder, hex);
  }

  private static List<String> lines(HeaderDecoder decoder, String hex) throws Malformed {
    return decoder.decode(Bytes.fromHex(hex)).linesWithout();
  }
}
