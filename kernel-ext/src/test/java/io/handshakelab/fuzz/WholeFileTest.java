package io.handshakelab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole capture files that are cut off anywhere, or altered in one octet, up to their tables. */
class WholeFileTest {
  // The longer one has a visit with its keys; to be quick, not each of its octets has its turn.
  @ParameterizedTest
  @CsvSource({
    "big-endian.pcap, 1",
    "gzip.pcap.gz, 1",
    "blocks-le.pcapng, 1",
    "blocks-be.pcapng, 3",
    "visit.pcapng, 37"
  })
  void everyPrefixAndEveryChangedOctetIsSurvived(String name, int step) throws IOException {
    byte[] whole = read(name);
    Random random = new Random(whole.length);
    int most = rows(whole);
    int readable = 0;
    for (int at = random.nextInt(step); at < whole.length; at += step) {
      int rows = rows(Arrays.copyOf(whole, at));
      assertThat(rows).as("rows of the first %d octets", at).isLessThanOrEqualTo(most);
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      readable += rows(changed) >= 0 ? 1 : 0;
    }
    assertThat(most).isPositive();
    assertThat(readable).isPositive();
  }

  /** Number of rows of all tables, or -1 if it is no capture. */
  private static int rows(byte[] file) {
    try {
      return Everything.of(Everything.open(Bytes.wrap(file)));
    } catch (Problem notOne) {
      return -1;
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = WholeFileTest.class.getResourceAsStream("capture/" + name)) {
      return in.readAllBytes();
    }
  }
}
