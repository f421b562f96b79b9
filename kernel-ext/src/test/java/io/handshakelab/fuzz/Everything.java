package io.handshakelab.fuzz;

import static io.handshakelab.fuzz.Invariants.check;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.problem.Problem;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import io.handshakelab.table.ShownChain;
import io.handshakelab.table.TableFormat;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.IssuerLocations;
import io.handshakelab.x509.MessageWalk;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.PemFile;
import io.handshakelab.x509.SignatureMethod;
import io.handshakelab.x509.SignatureStep;
import io.handshakelab.x509.SignatureWalk;
import io.handshakelab.x509.SignedMessage;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From a capture to all its tables, written as JSON that a parser accepts. */
final class Everything {
  private static final int FIELD_TABLES = 8;
  private static final int CHAINS = 4;
  private static final int GZIP = 0x1f8b;
  private static final TypeAdapter<JsonElement> STRICT = new Gson().getAdapter(JsonElement.class);

  private Everything() {}

  /** Number of rows, all in all. */
  static int of(Capture capture) {
    Analysis analysis = Analysis.of(capture);
    int rows = json(Listings.tcp(analysis)) + json(Listings.states(analysis));
    int messages = json(Listings.tls(analysis));
    List<TlsMessage> all = analysis.tls().messages();
    check(messages == all.size(), "a row for each message");
    for (int i = 0; i < Math.min(FIELD_TABLES, messages); i++) {
      rows += json(Listings.fields(analysis, i));
    }
    rows += json(Listings.http(analysis)) + json(Listings.dns(analysis));
    rows += json(Listings.timings(analysis));
    List<ShownChain> chains = new ArrayList<>();
    for (CertificateList list : analysis.tls().certificates()) {
      if (chains.size() < CHAINS) {
        chains.add(new ShownChain(list.connection(), chain(list.der())));
      }
    }
    for (String type : List.of("CertificateVerify", "ServerKeyExchange")) {
      List<SignatureWalk> walks =
          HandshakeSignatures.of(analysis, type).stream()
              .map(HandshakeSignatures.Opened::walk)
              .toList();
      rows += json(Listings.verify(walks));
    }
    return rows + messages + json(Listings.chain(chains));
  }

  /** A capture file as it is; also one that is compressed, which only a path can lead to. */
  static Capture open(Bytes file) {
    if (file.length() < 2 || file.u16(0) != GZIP) {
      return CaptureFiles.parse(file, "fuzz", "fuzz");
    }
    return withFile(file, CaptureFiles::read);
  }

  private static <T> T withFile(Bytes content, Function<Path, T> use) {
    try {
      Path path = Files.createTempFile("fuzz", ".bin");
      try {
        Files.write(path, content.toArray());
        return use.apply(path);
      } finally {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void http(Capture capture) {
    Analysis analysis = Analysis.of(capture);
    json(Listings.http(analysis));
    json(Listings.timings(analysis));
  }

  static void dns(Capture capture) {
    json(Listings.dns(Analysis.of(capture)));
  }

  static void certificates(Bytes file) {
    List<Bytes> ders;
    try {
      ders = withFile(file, PemFile::read);
    } catch (Problem notOne) {
      return;
    }
    CertificateChain chain = chain(ders);
    json(Listings.chain(List.of(new ShownChain(null, chain))));
    json(Listings.verify(chain.walks()));
    json(Listings.verify(chain.walks(SignatureMethod.STRICT)));
    PathVerdict verdict = PathVerdict.of(chain, "www.lab.test", Instant.EPOCH);
    Invariants.check(verdict.sentence("www.lab.test").endsWith("."), "a sentence");
    chain.entries().forEach(entry -> IssuerLocations.of(entry.der()));
  }

  /**
   * A scheme of TLS (0 for none, as before TLS 1.2), a key, a signature and a message; key and
   * signature with their lengths.
   */
  static void signature(Bytes input) {
    Bytes key;
    Bytes signature;
    Bytes message;
    int scheme;
    try {
      ByteReader reader = input.reader();
      scheme = reader.u16("scheme");
      key = reader.vector16("key").rest();
      signature = reader.vector16("signature").rest();
      message = reader.rest();
    } catch (Malformed e) {
      return;
    }
    int named = scheme == 0 ? MessageWalk.BY_KEY : scheme;
    SignatureWalk walk = SignedMessage.walk(message, signature, named, key, "CN=a", "message");
    json(Listings.verify(List.of(walk)));
    walk.script();
    SignatureStep last = walk.steps().get(walk.steps().size() - 1);
    Invariants.check(
        !last.value().endsWith("above say: they come to True"),
        "what our arithmetic accepts the library accepts");
  }

  private static CertificateChain chain(List<Bytes> ders) {
    return CertificateChain.of(ders, TrustStore.empty());
  }

  private static int json(Listing listing) {
    String text = listing.text(TableFormat.JSON);
    try {
      // Strict, unlike JsonParser.
      return STRICT.fromJson(text).getAsJsonArray().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
