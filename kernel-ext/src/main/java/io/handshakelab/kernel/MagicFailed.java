package io.handshakelab.kernel;

/**
 * Fails a cell after the error card was shown. It is an {@link Error} and has no stack, because
 * both kernels wrap exceptions of magics into others and print thirty lines of their own frames,
 * but let an error through.
 */
final class MagicFailed extends Error {
  private static final long serialVersionUID = 1L;

  MagicFailed(String oneLine) {
    super(oneLine, null, false, false);
  }
}
