package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a file reader finds, within limits, so that no file can fill the memory: frames by
 * number, and comments and secrets by size.
 */
final class FrameSink {
  /** A frame takes about 27 bytes of columns: all of them at most a third of the heap. */
  private static final int MAX_FRAMES =
      (int) Math.min(50_000_000, Runtime.getRuntime().maxMemory() / 80);

  private static final int MAX_TEXT = 32 << 20;

  private final Capture.Builder builder;
  private final StringBuilder secrets = new StringBuilder();
  private int textLeft = MAX_TEXT;
  private boolean textDropped;
  private @Nullable String recordedSource;

  FrameSink(Capture.Builder builder) {
    this.builder = builder;
  }

  /** False if there are too many frames already. */
  boolean hasRoom() {
    return builder.frameCount() < MAX_FRAMES;
  }

  int frameCount() {
    return builder.frameCount();
  }

  void frame(
      long timeNanos,
      LinkType type,
      Bytes file,
      int offset,
      int length,
      int originalLength,
      Evidence evidence,
      @Nullable String comment) {
    builder.frame(
        timeNanos, type, file, offset, length, originalLength, evidence, allowed(comment));
  }

  void keyLog(Bytes text) {
    if (takes(text.length())) {
      secrets.append(text.latin1()).append('\n');
    }
  }

  void notes(SectionNotes notes) {
    notes.addTo(builder);
    if (notes.source() != null) {
      recordedSource = notes.source();
    }
  }

  /** Where the frames came from before they were saved, if the file says so. */
  @Nullable String recordedSource() {
    return recordedSource;
  }

  /** Whether a text of this length may be kept. */
  boolean takes(int length) {
    if (length > textLeft) {
      textDropped = true;
      return false;
    }
    textLeft -= length;
    return true;
  }

  void warning(String text) {
    builder.warning(text);
  }

  void tooManyFrames() {
    warning("the file holds more frames than fit in memory: only the first " + frameCount());
  }

  void finish() {
    builder.secrets(Secrets.ofKeyLog(secrets.toString()));
    if (textDropped) {
      warning("comments or secrets beyond " + (MAX_TEXT >> 20) + " MiB were left out");
    }
  }

  private @Nullable String allowed(@Nullable String comment) {
    return comment == null || takes(comment.length()) ? comment : null;
  }
}
