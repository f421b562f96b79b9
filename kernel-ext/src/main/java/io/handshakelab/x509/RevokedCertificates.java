package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Which certificates stand on lists of revoked ones (RFC 5280 §5) that their issuer has signed. */
public final class RevokedCertificates {
  private static final String BEGIN = "-----BEGIN X509 CRL-----";
  private static final String END = "-----END X509 CRL-----";

  /** As the RFC writes them, by their code (§5.3.1). */
  private static final List<String> REASONS =
      List.of(
          "unspecified",
          "keyCompromise",
          "cACompromise",
          "affiliationChanged",
          "superseded",
          "cessationOfOperation",
          "certificateHold",
          "unused",
          "removeFromCRL",
          "privilegeWithdrawn",
          "aACompromise");

  private static final int MAX_BYTES = 16 << 20;

  private RevokedCertificates() {}

  /** The lists in a PEM file, each in DER; what is not Base64 is left out. */
  public static List<Bytes> lists(Path file) {
    List<Bytes> lists = new ArrayList<>();
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int begin = text.indexOf(BEGIN);
      while (begin >= 0) {
        int end = text.indexOf(END, begin);
        if (end < 0) {
          break;
        }
        String body = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
        lists.add(Bytes.wrap(Base64.getDecoder().decode(body)));
        begin = text.indexOf(BEGIN, end);
      }
    } catch (IOException | IllegalArgumentException e) {
      // Whoever wants certificates from this file is told what is wrong with it.
    }
    return lists;
  }

  /**
   * The lists in a file, in PEM or one in DER.
   *
   * @throws Problem if there are none
   */
  public static List<Bytes> read(Path file) {
    List<Bytes> found = new ArrayList<>(lists(file));
    if (found.isEmpty()) {
      try {
        byte[] der = Files.size(file) > MAX_BYTES ? new byte[0] : Files.readAllBytes(file);
        if (CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der))
            != null) {
          found.add(Bytes.wrap(der));
        }
      } catch (IOException e) {
        throw new Problem(file + " cannot be read", "Check the name and the directory.", e);
      } catch (GeneralSecurityException | RuntimeException e) {
        // Told below.
      }
    }
    if (found.isEmpty()) {
      throw new Problem(
          file + " holds no list of revoked certificates",
          "Give a file with -----BEGIN X509 CRL-----, or one in DER.");
    }
    return found;
  }

  /**
   * Those that are revoked, and why.
   *
   * @param lists each in DER; those that cannot be read, or that none of the certificates has
   *     signed, count for nothing
   */
  public static Map<Bytes, String> of(List<Bytes> ders, List<Bytes> lists) {
    Map<Bytes, String> revoked = new HashMap<>();
    if (lists.isEmpty()) {
      return revoked;
    }
    Map<Bytes, X509Certificate> certificates = new HashMap<>();
    Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();
    for (Bytes der : ders) {
      X509Certificate certificate = readOrNull(der);
      if (certificate != null) {
        certificates.put(der, certificate);
        bySubject
            .computeIfAbsent(certificate.getSubjectX500Principal(), k -> new ArrayList<>())
            .add(certificate);
      }
    }
    Map<X500Principal, List<X509CRL>> believed = new HashMap<>();
    for (Bytes der : lists) {
      X509CRL list = listOrNull(der);
      if (list != null) {
        X500Principal issuer = list.getIssuerX500Principal();
        if (bySubject.getOrDefault(issuer, List.of()).stream().anyMatch(c -> signed(list, c))) {
          believed.computeIfAbsent(issuer, k -> new ArrayList<>()).add(list);
        }
      }
    }
    certificates.forEach(
        (der, certificate) -> {
          for (X509CRL list :
              believed.getOrDefault(certificate.getIssuerX500Principal(), List.of())) {
            X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
            if (entry != null) {
              revoked.put(der, reason(entry.getRevocationReason()));
            }
          }
        });
    return revoked;
  }

  private static String reason(@Nullable CRLReason reason) {
    // The JDK's constants stand in the order of their codes.
    int code = reason == null ? 0 : List.of(CRLReason.values()).indexOf(reason);
    return code < REASONS.size() ? REASONS.get(code) : "unspecified";
  }

  private static boolean signed(X509CRL list, X509Certificate issuer) {
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static @Nullable X509Certificate readOrNull(Bytes der) {
    try {
      return LibraryVerdict.certificate(der);
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  private static @Nullable X509CRL listOrNull(Bytes der) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(der.toArray()));
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }
}
