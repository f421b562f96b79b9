package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Roots that are believed without proof (RFC 5280 §6.1.1 calls them trust anchors). They are read
 * when they are first asked for. What cannot be read as a certificate is left out.
 */
public final class TrustStore {
  private static final TrustStore JDK = new TrustStore(List.of(new Layer(JdkRoots::read)));
  private static final TrustStore SYSTEM = new TrustStore(List.of(new Layer(SystemRoots::read)));
  private static final TrustStore EMPTY = new TrustStore(List.of());

  private final List<Layer> layers;

  private TrustStore(List<Layer> layers) {
    this.layers = layers;
  }

  /** The roots that this Java believes ({@code javax.net.ssl.trustStore}, else its cacerts). */
  public static TrustStore jdk() {
    return JDK;
  }

  /** The roots that the operating system believes. */
  public static TrustStore system() {
    return SYSTEM;
  }

  /** A store that believes nobody. */
  public static TrustStore empty() {
    return EMPTY;
  }

  /** These roots, each in DER. */
  public static TrustStore of(List<Bytes> roots) {
    return EMPTY.plus(roots);
  }

  /** The roots of a PEM file. */
  public static TrustStore ofPem(Path file) {
    return of(PemFile.read(file));
  }

  /** This store with more roots, each in DER. */
  public TrustStore plus(List<Bytes> roots) {
    List<Bytes> own = List.copyOf(roots);
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(() -> own));
    return new TrustStore(List.copyOf(more));
  }

  /** Whether this very certificate is believed. */
  public boolean contains(Bytes der) {
    return layers.stream().anyMatch(layer -> layer.index().known.contains(der));
  }

  /** All roots, each in DER. */
  public List<Bytes> roots() {
    return layers.stream().flatMap(layer -> layer.index().known.stream()).toList();
  }

  /** Those whose subject is that name, in the form in which names are compared. */
  List<ParsedCertificate> bySubject(String subjectKey) {
    List<ParsedCertificate> found = new ArrayList<>();
    for (Layer layer : layers) {
      found.addAll(layer.index().bySubject.getOrDefault(subjectKey, List.of()));
    }
    return found;
  }

  private record Index(Set<Bytes> known, Map<String, List<ParsedCertificate>> bySubject) {
    static Index of(List<Bytes> roots) {
      Set<Bytes> known = new LinkedHashSet<>();
      Map<String, List<ParsedCertificate>> bySubject = new HashMap<>();
      for (Bytes root : roots) {
        ParsedCertificate parsed = parseOrNull(root);
        if (parsed != null && known.add(root)) {
          bySubject.computeIfAbsent(parsed.subjectKey(), k -> new ArrayList<>()).add(parsed);
        }
      }
      return new Index(known, bySubject);
    }

    /** A store with one bad entry still serves for the others. */
    private static @Nullable ParsedCertificate parseOrNull(Bytes root) {
      try {
        return ParsedCertificate.parse(root);
      } catch (Malformed e) {
        return null;
      }
    }
  }

  /** Some roots, read at the first question. */
  private static final class Layer {
    private final Supplier<List<Bytes>> source;
    private @Nullable Index index;

    Layer(Supplier<List<Bytes>> source) {
      this.source = source;
    }

    synchronized Index index() {
      Index known = index;
      if (known == null) {
        known = Index.of(source.get());
        index = known;
      }
      return known;
    }
  }
}
