package io.handshakelab.lab;

import io.handshakelab.problem.Problem;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where one request goes.
 *
 * @param secure whether over TLS
 * @param host a name in ASCII (RFC 5891), or an address without brackets
 * @param port as it stands in the URL, or -1 where it does not
 * @param path with the query
 */
record VisitTarget(boolean secure, String host, int port, String path) {
  private static final String ADVICE =
      "write a host (www.example.com), host:port, or a URL with http or https";

  /** A bare host is first asked over HTTP; a host with a port is taken to speak TLS there. */
  static VisitTarget parse(String target) {
    String text = target.strip();
    if (text.contains("://")) {
      return of(text, target);
    }
    boolean bareV6 = !text.startsWith("[") && text.chars().filter(c -> c == ':').count() > 1;
    String authority = bareV6 ? "[" + text + "]" : text;
    VisitTarget plain = of("http://" + authority, target);
    return plain.port < 0 ? plain : new VisitTarget(true, plain.host, plain.port, plain.path);
  }

  /** What a Location header points to (RFC 9110 §10.2.2). */
  VisitTarget follow(String location) {
    try {
      return of(uri().resolve(new URI(location.strip())).toString(), location);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Problem(
          "the redirect leads nowhere: Location is no URL",
          "look at the http table: it shows what the server sent",
          e);
    }
  }

  private URI uri() throws URISyntaxException {
    return new URI((secure ? "https://" : "http://") + authority() + path);
  }

  private static VisitTarget of(String url, String asWritten) {
    try {
      URI uri = new URI(asciiAuthority(url));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      String host = uri.getHost();
      boolean known = scheme.equals("http") || scheme.equals("https");
      if (!known
          || host == null
          || host.isEmpty()
          || uri.getPort() > 0xffff
          || uri.getPort() == 0) {
        throw new Problem("\"" + asWritten + "\" is nothing that can be visited", ADVICE);
      }
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return new VisitTarget(scheme.equals("https"), bare, uri.getPort(), path + query);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Problem("\"" + asWritten + "\" is nothing that can be visited", ADVICE, e);
    }
  }

  /** Names in other scripts become ASCII (RFC 5891 §4). */
  private static String asciiAuthority(String url) {
    int start = url.indexOf("://") + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    if (authority.chars().allMatch(c -> c < 0x80)) {
      return url;
    }
    int colon = authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String rest = colon < 0 ? "" : authority.substring(colon);
    return url.substring(0, start) + IDN.toASCII(host) + rest + url.substring(end);
  }

  /** The host, and the port where the URL has one: also the Host header (RFC 9110 §7.2). */
  String authority() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port < 0 ? shown : shown + ":" + port;
  }

  VisitTarget overTls() {
    return new VisitTarget(true, host, port, path);
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + path;
  }
}
