package io.handshakelab.tls.message;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Undoes the compression of certificates (RFC 8879 §4). */
final class CertificateDecompression {
  private static final int ZLIB = 1;
  private static final int BROTLI = 2;
  private static final int ZSTD = 3;

  /** More than any chain needs: a small message must not claim much memory. */
  private static final int LIMIT = 1 << 20;

  private CertificateDecompression() {}

  /** Exactly {@code length} bytes; anything else is malformed. */
  static Bytes of(int algorithm, Bytes compressed, int length) throws Malformed {
    if (length > LIMIT) {
      throw new Malformed(0, "more than " + LIMIT + " bytes are not decompressed");
    }
    byte[] input = compressed.toArray();
    try {
      return switch (algorithm) {
        case ZLIB -> read(new InflaterInputStream(new ByteArrayInputStream(input)), length);
        case BROTLI -> read(new BrotliInputStream(new ByteArrayInputStream(input)), length);
        case ZSTD -> zstd(input, length);
        default -> throw new Malformed(0, "compression that is not known");
      };
      // The libraries say with exceptions of many kinds that they were given garbage.
    } catch (IOException | RuntimeException e) {
      throw new Malformed(
          0, "it is not " + Registry.CERTIFICATE_COMPRESSION.describe(algorithm) + " data");
    }
  }

  private static Bytes read(InputStream stream, int length) throws IOException, Malformed {
    try (stream) {
      byte[] output = stream.readNBytes(length);
      if (output.length != length || stream.read() >= 0) {
        throw new Malformed(0, "decompressed it is not as long as it says");
      }
      return Bytes.wrap(output);
    }
  }

  private static Bytes zstd(byte[] input, int length) throws Malformed {
    byte[] output = new byte[length];
    int made = new ZstdDecompressor().decompress(input, 0, input.length, output, 0, length);
    if (made != length) {
      throw new Malformed(0, "decompressed it is not as long as it says");
    }
    return Bytes.wrap(output);
  }
}
