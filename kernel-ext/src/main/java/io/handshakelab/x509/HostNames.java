package io.handshakelab.x509;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bouncycastle.util.IPAddress;

/** Whether a certificate is for a host: by its subject alternative names alone (RFC 9525 §6). */
final class HostNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private HostNames() {}

  static PathCheck check(String host, X509Certificate certificate) {
    boolean address = IPAddress.isValid(host);
    List<String> names;
    try {
      names = names(certificate, address ? IP_ADDRESS : DNS_NAME);
    } catch (CertificateParsingException e) {
      return check(host, false, "its names cannot be read: " + ParsedCertificate.oneLine(e));
    }
    if (names.isEmpty()) {
      String kind = address ? "address" : "host name";
      return check(host, false, "no " + kind + " among its subject alternative names");
    }
    String listed = names.stream().limit(10).collect(Collectors.joining(", "));
    for (String name : names) {
      if (address ? sameAddress(host, name) : matches(host, name)) {
        return check(host, true, "it is " + name);
      }
    }
    return check(host, false, "the certificate is for " + listed);
  }

  /** RFC 9525 §6.3: a wildcard stands for the whole first label, and for nothing else. */
  static boolean matches(String host, String pattern) {
    String asked = ascii(host);
    String given = ascii(pattern);
    if (asked.isEmpty() || given.isEmpty()) {
      return false;
    }
    if (!given.startsWith("*.")) {
      return asked.equals(given) && given.indexOf('*') < 0;
    }
    int dot = asked.indexOf('.');
    String parent = given.substring(2);
    return dot > 0
        && parent.indexOf('.') > 0
        && parent.indexOf('*') < 0
        && asked.substring(dot + 1).equals(parent);
  }

  private static boolean sameAddress(String one, String other) {
    try {
      // Both are literals, so that nothing is looked up.
      return IPAddress.isValid(other)
          && java.net.InetAddress.getByName(one).equals(java.net.InetAddress.getByName(other));
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  private static String ascii(String name) {
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    try {
      return IDN.toASCII(plain).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static List<String> names(X509Certificate certificate, int kind)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    if (all != null) {
      for (List<?> one : all) {
        if (one.get(0) instanceof Integer type
            && type == kind
            && one.get(1) instanceof String name) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static PathCheck check(String host, boolean ok, String reason) {
    return new PathCheck(PathCheck.Kind.HOST_NAME, host, ok, reason, "RFC 9525 §6");
  }
}
