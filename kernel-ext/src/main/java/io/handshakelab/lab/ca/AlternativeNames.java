package io.handshakelab.lab.ca;

import io.handshakelab.problem.Problem;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/** Subject alternative names (RFC 5280 §4.2.1.6) from what a person writes. */
final class AlternativeNames {
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final int LONGEST_HOST = 253;

  private AlternativeNames() {}

  /** The common name if it is one that a client looks for, and the others, each once. */
  static List<GeneralName> of(Order order) {
    Set<String> all = new LinkedHashSet<>();
    if (!order.authority() && looksLikeOne(order.name())) {
      all.add(order.name());
    }
    all.addAll(order.names());
    List<GeneralName> names = new ArrayList<>();
    for (String name : all) {
      names.add(general(name));
    }
    return names;
  }

  static boolean isMail(String name) {
    return name.matches("[^@\\s]+@[^@\\s]+");
  }

  /** A word without a full stop is a person's or a thing's name rather than a host's. */
  private static boolean looksLikeOne(String name) {
    return IPAddress.isValid(name)
        || isMail(name)
        || (name.contains(".") && !name.contains(" "))
        || name.equals("localhost");
  }

  private static GeneralName general(String name) {
    if (IPAddress.isValid(name)) {
      return new GeneralName(GeneralName.iPAddress, name);
    }
    if (name.contains("://")) {
      return new GeneralName(GeneralName.uniformResourceIdentifier, uri(name));
    }
    if (isMail(name) && name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return new GeneralName(GeneralName.rfc822Name, name);
    }
    return new GeneralName(GeneralName.dNSName, host(name));
  }

  private static String uri(String name) {
    try {
      return new URI(name).toASCIIString();
    } catch (URISyntaxException e) {
      throw wrong(name, e);
    }
  }

  private static String host(String name) {
    try {
      String bare = name.startsWith("*.") ? name.substring(2) : name;
      String ascii = (name.startsWith("*.") ? "*." : "") + IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
      if (ascii.length() <= LONGEST_HOST
          && HOST.matcher(ascii.toLowerCase(Locale.ROOT)).matches()) {
        return ascii;
      }
      throw wrong(name, null);
    } catch (IllegalArgumentException e) {
      throw wrong(name, e);
    }
  }

  private static Problem wrong(String name, @Nullable Throwable cause) {
    return new Problem(
        name + " is neither a host name nor an address",
        "names look like www.lab.test, *.lab.test, 127.0.0.1, anna@lab.test, https://lab.test/a",
        cause);
  }
}
