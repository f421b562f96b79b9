package io.handshakelab.tls.protection;

/**
 * The ciphers of cipher suites (RFC 5246 §6.1, RFC 2246 §C).
 *
 * <p>Key material is what the key block gives; where it is shorter than the key, the rest of the
 * key comes from public values, as the export rules of the 1990s wanted it (RFC 2246 §6.3.1).
 */
enum BulkCipher {
  NULL("", 0, 0, 0),
  RC4_128("ARCFOUR", 16, 16, 0),
  RC4_56("ARCFOUR", 7, 16, 0),
  RC4_40("ARCFOUR", 5, 16, 0),
  RC2_56("RC2", 7, 16, 8),
  RC2_40("RC2", 5, 16, 8),
  DES("DES", 8, 8, 8),
  DES_40("DES", 5, 8, 8),
  TRIPLE_DES("DESede", 24, 24, 8),
  IDEA("IDEA", 16, 16, 8),
  SEED("SEED", 16, 16, 16),
  AES_128("AES", 16, 16, 16),
  AES_256("AES", 32, 32, 16),
  CAMELLIA_128("Camellia", 16, 16, 16),
  CAMELLIA_256("Camellia", 32, 32, 16),
  ARIA_128("ARIA", 16, 16, 16),
  ARIA_256("ARIA", 32, 32, 16),
  SM4("SM4", 16, 16, 16),
  CHACHA20("ChaCha20", 32, 32, 0);

  private final String algorithm;
  private final int materialLength;
  private final int keyLength;
  private final int blockLength;

  BulkCipher(String algorithm, int materialLength, int keyLength, int blockLength) {
    this.algorithm = algorithm;
    this.materialLength = materialLength;
    this.keyLength = keyLength;
    this.blockLength = blockLength;
  }

  /** Its name in the JDK or in Bouncy Castle. */
  String algorithm() {
    return algorithm;
  }

  /** Octets that the key block gives. */
  int materialLength() {
    return materialLength;
  }

  /** Octets of the key. */
  int keyLength() {
    return keyLength;
  }

  /** Octets of a block; 0 for a stream cipher. */
  int blockLength() {
    return blockLength;
  }
}
