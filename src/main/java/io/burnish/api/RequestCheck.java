package io.burnish.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at a request's line and headers before any resource does, and refuses in our own words what
 * the framework would refuse in its own, or fail at. Decides what the answer's form is: {@code
 * Accept} says exactly that afterwards.
 */
@Singleton
class RequestCheck {

  /** Before {@link BodyLimit}, and before anything reads a body. */
  private static final int PRIORITY = 2;

  private static final int LONGEST_ADDRESS = 8 * 1024;

  /** Names and values; in characters. */
  private static final int LONGEST_HEADERS = 20 * 1024;

  private static final Pattern NAMELESS = Pattern.compile("(^|[&;])=");

  /** A name or an address, and a port. Source: RFC 3986 §3.2.2. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._~%!$&'()*+,;=-]+)(:\\d{0,5})?");

  private final Refusal refusal;

  RequestCheck(Refusal refusal) {
    this.refusal = refusal;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  /** Before the framework's own, which answers in its words. */
  void registerFailures(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    router.errorHandler(400, this::failed);
  }

  private void check(RoutingContext request) {
    Optional<HttpProblem> wrong = line(request.request()).or(() -> headers(request.request()));
    if (wrong.isPresent()) {
      refusal.send(request, wrong.get());
      return;
    }
    List<Endpoint> endpoints = Endpoints.at(request.normalizedPath());
    if (endpoints.isEmpty()) {
      request.next();
      return;
    }
    atEndpoint(request, endpoints);
  }

  private void atEndpoint(RoutingContext request, List<Endpoint> endpoints) {
    String method = request.request().method().name();
    if (method.equals("OPTIONS")) {
      request
          .response()
          .putHeader(HttpHeaders.ALLOW, Endpoints.allow(endpoints))
          .setStatusCode(200)
          .end();
      return;
    }
    String asked = method.equals("HEAD") ? "GET" : method;
    List<Endpoint> meant =
        endpoints.stream().filter(endpoint -> endpoint.method().equals(asked)).toList();
    Optional<HttpProblem> wrong =
        meant.isEmpty()
            ? Optional.of(Problem.methodNotAllowed(Endpoints.allow(endpoints)))
            : query(request.request())
                .or(() -> MediaTypes.ofBody(request.request().headers(), meant))
                .or(() -> MediaTypes.ofAnswer(request.request().headers(), meant));
    wrong.ifPresentOrElse(problem -> refusal.send(request, problem), request::next);
  }

  /** A value without a name is dropped by the framework: nothing would be left to refuse. */
  private static Optional<HttpProblem> query(HttpServerRequest request) {
    String query = request.query();
    if (query == null || !NAMELESS.matcher(query).find()) {
      return Optional.empty();
    }
    String wrong = "has a value without a name: nothing stands before =";
    return Optional.of(
        Problem.invalid(
                "The query is wrong",
                "the query: " + wrong,
                List.of(new Problem.Violation("the query", wrong)))
            .build());
  }

  private static Optional<HttpProblem> line(HttpServerRequest request) {
    if (request.uri().length() > LONGEST_ADDRESS) {
      return Optional.of(
          Problem.of(
              "refused",
              "The request is refused",
              414,
              "the address has more than %,d characters".formatted(LONGEST_ADDRESS)));
    }
    return isWellFormed(request.uri())
        ? Optional.empty()
        : Optional.of(
            Problem.badRequest(
                "the address is not well formed: write what is not ASCII as %XX of its UTF-8, and so the characters"
                    + " blank, \", <, >, \\, ^, `, {, |, } and %"));
  }

  private static Optional<HttpProblem> headers(HttpServerRequest request) {
    MultiMap headers = request.headers();
    int length = 0;
    for (Map.Entry<String, String> header : headers) {
      length += header.getKey().length() + header.getValue().length();
    }
    if (length > LONGEST_HEADERS) {
      return Optional.of(
          Problem.of(
              "refused",
              "The request is refused",
              431,
              "the headers have more than %,d characters".formatted(LONGEST_HEADERS)));
    }
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Optional.of(Problem.badRequest("Transfer-Encoding must be chunked, or not be there"));
    }
    if (needsHost(request) && !isHost(headers.getAll(HttpHeaders.HOST))) {
      return Optional.of(
          Problem.badRequest("the header Host must be there once, with the name of this server"));
    }
    HostAndPort authority = request.authority();
    boolean isNamed = authority != null && HOST.matcher(authority.toString()).matches();
    if (headers.contains(HttpHeaders.HOST) && !isNamed) {
      // Of a proxy, where one is configured: the framework would fail at it.
      return Optional.of(
          Problem.badRequest("X-Forwarded-Host or Forwarded must have the name of this server"));
    }
    if (headers.getAll(PostResource.KEY).size() > 1) {
      return Optional.of(
          Problem.invalid(
                  "The query is wrong",
                  PostResource.KEY + ": may be given once",
                  List.of(new Problem.Violation(PostResource.KEY, "may be given once")))
              .build());
    }
    return Optional.empty();
  }

  /** In HTTP/1.1 always; in HTTP/1.0 where the answer names an address. */
  private static boolean needsHost(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1
        || request.version() == HttpVersion.HTTP_1_0 && request.method() == HttpMethod.POST;
  }

  private static boolean isHost(List<String> hosts) {
    return hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
  }

  /** What is escaped must be UTF-8, and what RFC 3986 does not allow must be escaped. */
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

  /** What fails outside of the resources, before or after them. */
  private void failed(RoutingContext request) {
    if (request.response().headWritten() || request.response().ended()) {
      request.next();
      return;
    }
    Optional<HttpProblem> wrong = line(request.request()).or(() -> headers(request.request()));
    if (wrong.isPresent()) {
      refusal.send(request, wrong.get());
      return;
    }
    int status = request.statusCode();
    if (status == 404) {
      refusal.send(request, Problem.notFound("nothing is found at this address; see /q/openapi"));
      return;
    }
    refusal.send(
        request,
        status >= 400 && status < 500
            ? Problem.of("refused", "The request is refused", status, "the request is refused")
            : ProblemMapping.ours(
                request.failure() == null
                    ? new IllegalStateException("failed with " + status)
                    : request.failure()));
  }
}
