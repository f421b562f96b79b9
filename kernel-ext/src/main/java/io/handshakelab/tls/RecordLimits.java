package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.EncryptedExtensions;
import io.handshakelab.tls.message.Extension;
import io.handshakelab.tls.message.Extensions;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.NumberExtension;
import io.handshakelab.tls.message.ServerHello;

/** How long a record may be, by the version and by what the other end has asked for. */
final class RecordLimits {
  private static final int MAX_FRAGMENT_LENGTH = 1;
  private static final int RECORD_SIZE_LIMIT = 28;
  private static final int PLAINTEXT = 1 << 14;
  private static final int NONE = Integer.MAX_VALUE;

  private int clientTakes = NONE;
  private int serverTakes = NONE;
  private int agreed = NONE;

  /** Takes note of limits that are asked for. */
  void after(Message message) {
    if (message instanceof ClientHello hello) {
      clientTakes = limit(hello.extensions());
      serverTakes = NONE;
      agreed = NONE;
    } else if (message instanceof ServerHello hello && !hello.isHelloRetryRequest()) {
      accept(hello.extensions());
    } else if (message instanceof EncryptedExtensions answer) {
      accept(answer.extensions());
    }
  }

  /** What a record's row has to say about its length, or empty. */
  String note(Direction from, TlsRecord record, Bytes content, boolean encrypted, boolean tls13) {
    int length = record.fragment().length();
    int limit = PLAINTEXT + (tls13 ? 256 : 2048);
    if (encrypted && length > limit) {
      return ofClosed(record, tls13);
    }
    if (content.length() > PLAINTEXT) {
      return tooLong(content.length(), PLAINTEXT, tls13 ? "RFC 8446 §5.1" : "RFC 5246 §6.2.1");
    }
    if (content.length() > agreed) {
      return tooLong(content.length(), agreed, "max_fragment_length, RFC 6066 §4");
    }
    // In TLS 1.3 the type counts as well (RFC 8449 §4); records in the clear are free.
    int protectedLength = content.length() + (tls13 ? 1 : 0);
    int taken = from.role() == Sender.CLIENT ? serverTakes : clientTakes;
    return encrypted && serverTakes != NONE && protectedLength > taken
        ? tooLong(protectedLength, taken, "record_size_limit, RFC 8449 §4")
        : "";
  }

  /** The same of a record that cannot be opened. */
  String ofClosed(TlsRecord record, boolean tls13) {
    int length = record.fragment().length();
    int limit = PLAINTEXT + (tls13 ? 256 : 2048);
    return length > limit
        ? tooLong(length, limit, tls13 ? "RFC 8446 §5.2" : "RFC 5246 §6.2.3")
        : "";
  }

  private static String tooLong(int length, int limit, String source) {
    return ", too long: a record of "
        + length
        + " bytes where "
        + limit
        + " are allowed ("
        + source
        + ")";
  }

  private void accept(Extensions extensions) {
    serverTakes = Math.min(serverTakes, limit(extensions));
    int code =
        extensions.codes(MAX_FRAGMENT_LENGTH).size() == 1
            ? extensions.codes(MAX_FRAGMENT_LENGTH).get(0)
            : 0;
    if (code >= 1 && code <= 4) {
      agreed = 1 << (8 + code);
    }
  }

  private static int limit(Extensions extensions) {
    for (Extension extension : extensions.list()) {
      if (extension.type().number() == RECORD_SIZE_LIMIT
          && extension instanceof NumberExtension wanted
          && wanted.number() >= 64) {
        return (int) wanted.number();
      }
    }
    return NONE;
  }
}
