package io.handshakelab.kernel;

import io.handshakelab.bytes.Hex;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A certificate by its fields (RFC 5280 §4.1), not escaped for display. */
final class CertificateWords {
  private CertificateWords() {}

  static Map<String, String> of(X509Certificate certificate) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("subject", certificate.getSubjectX500Principal().getName());
    words.put("issuer", certificate.getIssuerX500Principal().getName());
    words.put("serial", certificate.getSerialNumber().toString(16));
    words.put("not before", certificate.getNotBefore().toInstant().toString());
    words.put("not after", certificate.getNotAfter().toInstant().toString());
    words.put("key", key(certificate.getPublicKey()));
    words.put("signed with", certificate.getSigAlgName());
    words.put("names", names(certificate));
    int path = certificate.getBasicConstraints();
    words.put(
        "may sign others",
        path < 0 ? "no" : path == Integer.MAX_VALUE ? "yes" : "yes, path length " + path);
    words.put("SHA-256", fingerprint(certificate));
    return words;
  }

  private static String key(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA " + rsa.getModulus().bitLength() + ", e = " + rsa.getPublicExponent();
    }
    if (key instanceof ECPublicKey ec) {
      return "EC " + ec.getParams().getOrder().bitLength();
    }
    return key.getAlgorithm();
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      List<String> texts = new ArrayList<>();
      if (names != null) {
        for (List<?> name : names) {
          if (name.size() > 1 && name.get(1) instanceof String text) {
            texts.add(text);
          }
        }
      }
      return texts.isEmpty() ? "none" : String.join(", ", texts);
    } catch (CertificateException e) {
      return "not readable";
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Hex.of(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateException e) {
      return "not readable";
    }
  }
}
