package io.handshakelab.tls.message;

import io.handshakelab.tls.registry.Registry;
import java.util.Arrays;

/** Numbers in the order in which they were sent; immutable, equal by content. */
public final class Codes {
  public static final Codes NONE = new Codes(new int[0]);

  private final int[] numbers;

  private Codes(int[] numbers) {
    this.numbers = numbers;
  }

  public static Codes of(int... numbers) {
    return numbers.length == 0 ? NONE : new Codes(numbers.clone());
  }

  /** These numbers without a copy: the caller must not change them any more. */
  static Codes wrap(int[] numbers) {
    return new Codes(numbers);
  }

  public int size() {
    return numbers.length;
  }

  public boolean isEmpty() {
    return numbers.length == 0;
  }

  public int get(int i) {
    return numbers[i];
  }

  public boolean contains(int number) {
    for (int one : numbers) {
      if (one == number) {
        return true;
      }
    }
    return false;
  }

  /** Without the numbers that are only there to keep the other end tolerant (RFC 8701). */
  public Codes real(Registry registry) {
    int count = 0;
    for (int number : numbers) {
      count += registry.isGrease(number) ? 0 : 1;
    }
    if (count == numbers.length) {
      return this;
    }
    int[] real = new int[count];
    int at = 0;
    for (int number : numbers) {
      if (!registry.isGrease(number)) {
        real[at++] = number;
      }
    }
    return new Codes(real);
  }

  /** The names of the first few that are real, and an ellipsis if there are more. */
  public String names(Registry registry, int most) {
    Codes real = real(registry);
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < real.size() && i < most; i++) {
      names.append(i == 0 ? "" : " ").append(registry.describe(real.get(i)));
    }
    return names.append(real.size() > most ? " …" : "").toString();
  }

  /** How many there are and one character for each; those of GREASE are all alike. */
  void appendTo(StringBuilder key) {
    char[] all = new char[numbers.length + 1];
    all[0] = (char) numbers.length;
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      boolean grease = (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
      all[i + 1] = grease ? 0x0a0a : (char) number;
    }
    key.append(all);
  }

  int[] toArray() {
    return numbers.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Codes codes && Arrays.equals(numbers, codes.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
