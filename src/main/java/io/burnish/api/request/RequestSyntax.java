package io.burnish.api.request;

import io.burnish.api.input.IdempotencyKey;
import io.burnish.api.problem.Problem;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the request line and the headers of every request must meet, at any address. */
final class RequestSyntax {

  private static final int MAX_ADDRESS_LENGTH = 8 * 1024;

  /** Of all names and values; in characters. */
  private static final int MAX_HEADERS_LENGTH = 20 * 1024;

  /** A name or an address, and a port. Source: RFC 3986 §3.2.2. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._~%!$&'()*+,;=-]+)(:\\d{0,5})?");

  private RequestSyntax() {}

  /** Why the request is refused; empty when it is well formed. */
  static Optional<HttpProblem> problem(HttpServerRequest request) {
    return line(request).or(() -> headers(request));
  }

  private static Optional<HttpProblem> line(HttpServerRequest request) {
    if (request.uri().length() > MAX_ADDRESS_LENGTH) {
      return Optional.of(
          Problem.refused(
              414, "the address has more than %,d characters".formatted(MAX_ADDRESS_LENGTH)));
    }
    if (!isWellFormed(request.uri())) {
      return Optional.of(
          Problem.badRequest(
              "the address is not well formed: percent-encode the UTF-8 of each character that is not ASCII, and the"
                  + " characters blank, \", <, >, \\, ^, `, {, |, } and %"));
    }
    return hasPathParameter(request.path())
        ? Optional.of(
            Problem.badRequest(
                "the address has a ; before its query, and the API has no parameters there; in a key or a name, send ; as %3B"))
        : Optional.empty();
  }

  /** The framework drops what follows, so that another address would be answered. */
  private static boolean hasPathParameter(@Nullable String path) {
    return path != null && path.indexOf(';') >= 0;
  }

  private static Optional<HttpProblem> headers(HttpServerRequest request) {
    MultiMap headers = request.headers();
    int length = 0;
    for (Map.Entry<String, String> header : headers) {
      length += header.getKey().length() + header.getValue().length();
    }
    if (length > MAX_HEADERS_LENGTH) {
      return Optional.of(
          Problem.refused(
              431, "the headers have more than %,d characters".formatted(MAX_HEADERS_LENGTH)));
    }
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Optional.of(
          Problem.badRequest("Transfer-Encoding must be chunked; otherwise leave it out"));
    }
    return host(request).or(() -> idempotencyKey(headers));
  }

  private static Optional<HttpProblem> idempotencyKey(MultiMap headers) {
    return headers.getAll(IdempotencyKey.HEADER).size() > 1
        ? Optional.of(
            Problem.invalid(new Problem.Violation(IdempotencyKey.HEADER, "may be given once"))
                .build())
        : Optional.empty();
  }

  private static Optional<HttpProblem> host(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (needsHost(request) && !isHost(headers.getAll(HttpHeaders.HOST))) {
      return Optional.of(
          Problem.badRequest("send the header Host once, with the name of this server"));
    }
    HostAndPort authority = request.authority();
    boolean isNamed = authority != null && HOST.matcher(authority.toString()).matches();
    if (headers.contains(HttpHeaders.HOST) && !isNamed) {
      // Of a proxy, where one is configured: the framework would fail at it.
      return Optional.of(
          Problem.badRequest("X-Forwarded-Host or Forwarded must have the name of this server"));
    }
    return Optional.empty();
  }

  /** In HTTP/1.1 always; in HTTP/1.0 where the response names an address. */
  private static boolean needsHost(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1
        || request.version() == HttpVersion.HTTP_1_0 && request.method() == HttpMethod.POST;
  }

  private static boolean isHost(List<String> hosts) {
    return hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
  }

  /** Escaped octets must be UTF-8, and characters that RFC 3986 does not allow must be escaped. */
  private static boolean isWellFormed(String uri) {
    byte[] octets = new byte[uri.length()];
    int count = 0;
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c == '%') {
        int high = i + 2 < uri.length() ? Character.digit(uri.charAt(i + 1), 16) : -1;
        int low = i + 2 < uri.length() ? Character.digit(uri.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return false;
        }
        octets[count++] = (byte) (high * 16 + low);
        i += 2;
      } else if (c <= ' ' || c >= 0x7F || "\"<>\\^`{|}".indexOf(c) >= 0) {
        return false;
      } else {
        octets[count++] = (byte) c;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, count));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
