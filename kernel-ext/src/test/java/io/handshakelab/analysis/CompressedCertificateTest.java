package io.handshakelab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdCompressor;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.RevocationEvidence.ShownTimestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What servers put beside a certificate of TLS 1.3, which they then compress (RFC 8879). */
class CompressedCertificateTest {
  private static final Bytes RESPONSE = Bytes.utf8("an OCSP response");
  private static final Bytes TIMESTAMPS = Bytes.utf8("timestamps of logs");
  private static final Bytes CERTIFICATE = Bytes.utf8("a certificate");

  /** RFC 8446 §4.4.2: no context, one certificate, two extensions. */
  private static final Bytes BODY =
      Bytes.concat(
          List.of(
              Bytes.fromHex("00"),
              vector(
                  3,
                  vector(3, CERTIFICATE),
                  vector(
                      2,
                      Bytes.fromHex("0005"),
                      vector(2, Bytes.fromHex("01"), vector(3, RESPONSE)),
                      Bytes.fromHex("0012"),
                      vector(2, TIMESTAMPS)))));

  private static Bytes vector(int widthOfLength, Bytes... parts) {
    Bytes all = Bytes.concat(List.of(parts));
    return Bytes.concat(List.of(number(widthOfLength, all.length()), all));
  }

  private static Bytes number(int width, int value) {
    byte[] octets = {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    return Bytes.wrap(Arrays.copyOfRange(octets, 3 - width, 3));
  }

  private static Bytes zlib(Bytes plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(plain.toArray());
    }
    return Bytes.wrap(out.toByteArray());
  }

  private static Bytes zstd(Bytes plain) {
    ZstdCompressor compressor = new ZstdCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length())];
    int length = compressor.compress(plain.toArray(), 0, plain.length(), out, 0, out.length);
    return Bytes.wrap(Arrays.copyOf(out, length));
  }

  private static TlsMessage compressed(int algorithm, int length, Bytes certificate) {
    Bytes body =
        Bytes.concat(List.of(number(2, algorithm), number(3, length), vector(3, certificate)));
    return message("CompressedCertificate", 25, body);
  }

  private static TlsMessage message(String type, int number, Bytes body) {
    return new TlsMessage(
        0,
        7,
        9,
        0,
        Sender.SERVER,
        type,
        "TLS 1.3",
        body.length(),
        0,
        1,
        1,
        true,
        true,
        "",
        Evidence.WIRE,
        Bytes.concat(List.of(Bytes.of((byte) number), vector(3, body))));
  }

  @Test
  void stapleAndTimestampsAreFoundHoweverTheCertificateCame() throws IOException {
    for (TlsMessage message :
        List.of(
            message("Certificate", 11, BODY),
            compressed(1, BODY.length(), zlib(BODY)),
            compressed(3, BODY.length(), zstd(BODY)))) {
      assertThat(Revocations.stapled(List.of(message))).containsExactly(RESPONSE);
      assertThat(HandshakeTimestamps.in(List.of(message), List.of()))
          .containsExactly(new ShownTimestamps(7, CERTIFICATE, TIMESTAMPS));
    }
  }

  @Test
  void whatCannotBeDecompressedHasNothingInIt() throws IOException {
    for (TlsMessage message :
        List.of(
            compressed(1, BODY.length() + 1, zlib(BODY)),
            compressed(1, BODY.length(), BODY),
            compressed(9, BODY.length(), BODY),
            compressed(1, 0xffffff, zlib(BODY)),
            message("CompressedCertificate", 25, Bytes.EMPTY))) {
      assertThat(Revocations.stapled(List.of(message))).isEmpty();
      assertThat(HandshakeTimestamps.in(List.of(message), List.of())).isEmpty();
    }
  }
}
