package io.handshakelab.tls.message;

import io.handshakelab.bytes.Hex;
import io.handshakelab.tls.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Two fingerprints of the program that sent a ClientHello: what it offers, without what differs
 * from one connection to the next.
 *
 * @param ja3 MD5 of version, suites, extensions, groups and point formats in their order, in
 *     decimal, without GREASE
 * @param ja4 as FoxIO specified it: what a person can read, then a hash of the sorted suites, then
 *     one of the sorted extensions with the signature algorithms
 */
public record Fingerprint(String ja3, String ja4) {
  private static final String NOTHING = "000000000000";
  private static final String DIGITS = "0123456789abcdef";
  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;

  /** The first hash of each kind takes a while to load. */
  public static void prepare() {
    hash("MD5", "");
    hash("SHA-256", "");
  }

  public static Fingerprint of(ClientHello hello) {
    return new Fingerprint(hash("MD5", ja3Text(hello)), ja4(hello));
  }

  /** What is hashed for JA3. */
  static String ja3Text(ClientHello hello) {
    Extensions extensions = hello.extensions();
    StringBuilder text = new StringBuilder(256);
    text.append(hello.legacyVersion().number()).append(',');
    decimal(text, hello.suiteCodes().real(Registry.CIPHER_SUITE)).append(',');
    decimal(text, extensions.types().real(Registry.EXTENSION)).append(',');
    decimal(text, extensions.codes(10).real(Registry.NAMED_GROUP)).append(',');
    return decimal(text, extensions.codes(11)).toString();
  }

  private static String ja4(ClientHello hello) {
    Codes suites = hello.suiteCodes().real(Registry.CIPHER_SUITE);
    Codes types = hello.extensions().types().real(Registry.EXTENSION);
    Codes schemes = hello.extensions().codes(13).real(Registry.SIGNATURE_SCHEME);
    StringBuilder ja4 = new StringBuilder(40);
    ja4.append('t').append(version(hello)).append(types.contains(SERVER_NAME) ? 'd' : 'i');
    twoDigits(ja4, suites.size());
    twoDigits(ja4, types.size());
    ja4.append(alpn(hello)).append('_').append(truncated(hexadecimal(sorted(suites))));
    int[] hashed =
        Arrays.stream(sorted(types)).filter(t -> t != SERVER_NAME && t != ALPN).toArray();
    String list = hexadecimal(hashed);
    if (!list.isEmpty() && !schemes.isEmpty()) {
      list += "_" + hexadecimal(schemes.toArray());
    }
    return ja4.append('_').append(truncated(list)).toString();
  }

  private static String version(ClientHello hello) {
    int highest = 0;
    Codes offered = hello.extensions().codes(43).real(Registry.VERSION);
    for (int i = 0; i < offered.size(); i++) {
      highest = Math.max(highest, offered.get(i));
    }
    return switch (highest == 0 ? hello.legacyVersion().number() : highest) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  /** The first and the last character of the first protocol, or of its hexadecimal form. */
  private static String alpn(ClientHello hello) {
    String name = hello.extensions().firstProtocol();
    if (name.isEmpty()) {
      return "00";
    }
    char first = name.charAt(0);
    char last = name.charAt(name.length() - 1);
    return isAlphanumeric(first) && isAlphanumeric(last)
        ? "" + first + last
        : "" + DIGITS.charAt(first >> 4 & 15) + DIGITS.charAt(last & 15);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static void twoDigits(StringBuilder text, int count) {
    int shown = Math.min(99, count);
    text.append((char) ('0' + shown / 10)).append((char) ('0' + shown % 10));
  }

  private static int[] sorted(Codes codes) {
    int[] sorted = codes.toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static StringBuilder decimal(StringBuilder text, Codes codes) {
    for (int i = 0; i < codes.size(); i++) {
      text.append(i == 0 ? "" : "-").append(codes.get(i));
    }
    return text;
  }

  private static String hexadecimal(int[] codes) {
    StringBuilder text = new StringBuilder(codes.length * 5);
    for (int code : codes) {
      text.append(text.length() == 0 ? "" : ",");
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(DIGITS.charAt(code >> shift & 15));
      }
    }
    return text.toString();
  }

  private static String truncated(String list) {
    return list.isEmpty() ? NOTHING : hash("SHA-256", list).substring(0, 12);
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return Hex.of(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
