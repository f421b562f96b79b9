package io.handshakelab.magic;

import org.jspecify.annotations.Nullable;

/** What a magic may ask of the notebook that it runs in. */
public interface Notebook {
  /** The value of the learner's variable of this name, null if there is none. */
  @Nullable Object variable(String name);

  /** Runs Java of the learner; what it throws comes out. */
  void evaluate(String code) throws Exception;
}
