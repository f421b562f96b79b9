package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a client of the relay wants to go, and how to tell it whether that went well.
 *
 * @param first bytes for the target that stood in the request itself
 */
record ProxyRequest(Dialect dialect, String host, int port, Bytes first) {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int SOCKS5 = 5;

  enum Dialect {
    SOCKS,
    CONNECT,
    PLAIN
  }

  static ProxyRequest read(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int first = in.read();
    if (first == SOCKS5) {
      return readSocks(client, in);
    }
    return readHttp(head(first, in));
  }

  /** RFC 1928 §3 and §4. */
  private static ProxyRequest readSocks(Socket client, DataInputStream in) throws IOException {
    in.readFully(new byte[in.readUnsignedByte()]);
    client.getOutputStream().write(new byte[] {SOCKS5, 0});
    if (in.readUnsignedByte() != SOCKS5) {
      throw new IOException("not SOCKS5");
    }
    int command = in.readUnsignedByte();
    in.readUnsignedByte();
    int addressType = in.readUnsignedByte();
    String host =
        switch (addressType) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
          case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
          default -> throw new IOException("SOCKS address type " + addressType);
        };
    int port = in.readUnsignedShort();
    if (command != 1) {
      client.getOutputStream().write(socksReply(7));
      throw new IOException("SOCKS command " + command);
    }
    return new ProxyRequest(Dialect.SOCKS, host, port, Bytes.EMPTY);
  }

  private static String head(int first, InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = first; next >= 0 && head.length() < MAX_HEAD; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    throw new IOException("no HTTP request");
  }

  private static ProxyRequest readHttp(String head) throws IOException {
    int lineEnd = head.indexOf("\r\n");
    String[] parts = head.substring(0, lineEnd).split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("no HTTP request line");
    }
    try {
      if (parts[0].equals("CONNECT")) {
        URI authority = new URI("tcp://" + parts[1]);
        return new ProxyRequest(Dialect.CONNECT, host(authority), authority.getPort(), Bytes.EMPTY);
      }
      URI uri = new URI(parts[1]);
      if (!"http".equalsIgnoreCase(uri.getScheme())) {
        throw new IOException("not a request to a proxy");
      }
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + query;
      String line = parts[0] + " " + path + " " + parts[2] + "\r\n";
      String request = line + forOneRequest(head.substring(lineEnd + 2));
      Bytes first = Bytes.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
      return new ProxyRequest(Dialect.PLAIN, host(uri), port, first);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /**
   * The headers with {@code Connection: close}: a second request on the same connection to a proxy
   * may be for another host.
   */
  private static String forOneRequest(String headers) {
    StringBuilder kept = new StringBuilder();
    for (String header : headers.split("\r\n", -1)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (!header.isEmpty()
          && !lower.startsWith("connection:")
          && !lower.startsWith("proxy-connection:")) {
        kept.append(header).append("\r\n");
      }
    }
    return kept.append("Connection: close\r\n\r\n").toString();
  }

  private static String host(URI uri) throws IOException {
    @Nullable String host = uri.getHost();
    if (host == null) {
      throw new IOException("no host in " + uri);
    }
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  void accept(Socket client) throws IOException {
    switch (dialect) {
      case SOCKS -> client.getOutputStream().write(socksReply(0));
      case CONNECT ->
          client.getOutputStream().write(ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
      case PLAIN -> {}
    }
  }

  void refuse(Socket client, IOException why) throws IOException {
    byte[] reply =
        dialect == Dialect.SOCKS
            ? socksReply(socksCode(why))
            : ascii("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    client.getOutputStream().write(reply);
  }

  /** RFC 1928 §6. */
  private static int socksCode(IOException why) {
    if (why instanceof ConnectException) {
      return 5;
    }
    return why instanceof UnknownHostException ? 4 : why instanceof SocketTimeoutException ? 6 : 3;
  }

  /** RFC 1928 §6; the bound address means nothing to anybody here. */
  private static byte[] socksReply(int code) {
    return ByteBuffer.allocate(10)
        .put(new byte[] {SOCKS5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0})
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
