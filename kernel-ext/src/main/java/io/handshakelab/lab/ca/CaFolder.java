package io.handshakelab.lab.ca;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import io.handshakelab.x509.PemFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authority in a directory, as {@code openssl verify} can use it: {@code roots.pem}, {@code
 * intermediates.pem} and {@code crls.pem}; each certificate in {@code certificates} and its private
 * key in {@code keys}, under the same name, which only the owner may read.
 */
public final class CaFolder {
  private static final String CERTIFICATES = "certificates";
  private static final String KEYS = "keys";
  private static final String CRLS = "crls.pem";
  private static final int MOST_CERTIFICATES = 5000;

  private final Path folder;

  public CaFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether there is an authority in it. */
  public boolean isThere() {
    return Files.isDirectory(folder.resolve(CERTIFICATES));
  }

  /**
   * The authority that is kept there; one without members if there is none yet.
   *
   * @throws Problem if a file cannot be read
   */
  public CertificateAuthority load(Clock clock) {
    if (!isThere()) {
      return CertificateAuthority.empty(clock);
    }
    List<Path> files = files();
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files) {
      certificates.add(certificate(file));
    }
    List<X509CRL> lists = lists();
    Map<Member, @Nullable Withdrawal> members = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      X509Certificate certificate = certificates.get(i);
      Member member =
          new Member(
              CommonName.of(certificate),
              certificate,
              key(
                  folder.resolve(KEYS).resolve(String.valueOf(files.get(i).getFileName())),
                  certificate),
              above(certificate, certificates));
      members.put(member, revocation(certificate, member.above(), lists));
    }
    return CertificateAuthority.of(clock, members);
  }

  /**
   * Writes all of it. What is there stays as it is, but for the lists.
   *
   * @throws Problem if a file cannot be written
   */
  public void save(CertificateAuthority authority) {
    try {
      Files.createDirectories(folder.resolve(CERTIFICATES));
      createKeys();
      List<Path> kept = files();
      Set<Bytes> known = kept.stream().map(f -> PemFile.read(f).get(0)).collect(Collectors.toSet());
      int number = kept.isEmpty() ? 0 : number(kept.get(kept.size() - 1)) + 1;
      for (Member member : authority.members()) {
        if (known.add(member.der())) {
          String name = String.format("%04d-%s.pem", number++, slug(member.name()));
          // The key first: a certificate without its key would be of no use.
          if (member.key() != null) {
            writeSecret(folder.resolve(KEYS).resolve(name), member.keyPem());
          }
          write(folder.resolve(CERTIFICATES).resolve(name), member.pem());
        }
      }
      write(folder.resolve("roots.pem"), pems(authority, Member::isRoot));
      write(
          folder.resolve("intermediates.pem"),
          pems(authority, m -> m.isAuthority() && !m.isRoot()));
      write(folder.resolve(CRLS), authority.crls());
    } catch (FileAlreadyExistsException e) {
      throw new Problem(
          folder + " is not a directory", "give the name of a directory, or of none that is there");
    } catch (IOException e) {
      throw new Problem(
          "the authority cannot be kept in " + folder, "choose a place you may write to", e);
    }
  }

  /** Writes a file that holds a private key: only its owner may read it. */
  public static void writeSecret(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(parent, ".key", null);
    try {
      Files.writeString(part, text, StandardCharsets.US_ASCII);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void createKeys() throws IOException {
    Path keys = folder.resolve(KEYS);
    if (Files.isDirectory(keys)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          keys, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(keys);
    }
  }

  /** With which a file's name begins; 0 if with none. */
  private static int number(Path file) {
    String digits = String.valueOf(file.getFileName()).replaceFirst("(?s)^(\\d{0,8}).*$", "$1");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private static String pems(CertificateAuthority authority, Predicate<Member> which) {
    return authority.members().stream()
        .filter(which)
        .map(Member::pem)
        .collect(Collectors.joining());
  }

  /** As a name of a file anywhere: no separators, no dots in front, not too long. */
  private static String slug(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._@-]+", "_");
    return plain.length() > 80 ? plain.substring(0, 80) : plain;
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(folder.resolve(CERTIFICATES))) {
      return all.filter(f -> f.toString().endsWith(".pem"))
          .sorted()
          .limit(MOST_CERTIFICATES)
          .toList();
    } catch (IOException e) {
      throw new Problem(folder + " cannot be read", "check that you may read it", e);
    }
  }

  private static X509Certificate certificate(Path file) {
    Bytes der = PemFile.read(file).get(0);
    try {
      return CertificateWriter.read(der.toArray());
    } catch (GeneralSecurityException e) {
      throw new Problem(file + " holds no certificate that Java can read", "take it away", e);
    }
  }

  private static @Nullable PrivateKey key(Path file, X509Certificate certificate) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      byte[] der = PemText.blocks("PRIVATE KEY", text).get(0);
      PublicKey key = certificate.getPublicKey();
      return KeyFactory.getInstance(key.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new Problem(
          file + " cannot be read as the private key of " + CommonName.of(certificate),
          "it must be PKCS #8 in PEM, not encrypted",
          e);
    }
  }

  private List<X509CRL> lists() {
    Path file = folder.resolve(CRLS);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509CRL> lists = new ArrayList<>();
      for (byte[] der :
          PemText.blocks("X509 CRL", Files.readString(file, StandardCharsets.ISO_8859_1))) {
        lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
      }
      return lists;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Problem(
          file + " cannot be read as lists of revoked certificates", "is it whole?", e);
    }
  }

  private static @Nullable Withdrawal revocation(
      X509Certificate certificate, List<X509Certificate> above, List<X509CRL> lists) {
    if (above.isEmpty()) {
      return null;
    }
    for (X509CRL list : lists) {
      X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
      if (entry != null
          && list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
          && signed(list, above.get(0))) {
        Reason reason =
            entry.getRevocationReason() == null
                ? Reason.UNSPECIFIED
                : Reason.of(entry.getRevocationReason());
        return new Withdrawal(entry.getRevocationDate().toInstant(), reason);
      }
    }
    return null;
  }

  private static boolean signed(X509CRL list, X509Certificate issuer) {
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<X509Certificate> above(
      X509Certificate certificate, List<X509Certificate> all) {
    List<X509Certificate> above = new ArrayList<>();
    X509Certificate at = certificate;
    while (!at.getIssuerX500Principal().equals(at.getSubjectX500Principal())
        && above.size() < all.size()) {
      X509Certificate child = at;
      X509Certificate issuer =
          all.stream()
              .filter(c -> c.getSubjectX500Principal().equals(child.getIssuerX500Principal()))
              .filter(c -> signed(child, c))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Problem(
                          "the issuer of " + CommonName.of(child) + " is missing",
                          "all certificates of the authority must lie in one directory"));
      above.add(issuer);
      at = issuer;
    }
    return above;
  }

  private static boolean signed(X509Certificate child, X509Certificate issuer) {
    try {
      child.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
