package io.burnish.api.problem;

import io.burnish.access.caller.Role;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The problems of this service (RFC 9457). Each has a stable type, {@code urn:burnish:problem:…},
 * the reason phrase of its status as title, and a detail that says what is wrong and what to do.
 * Extension members: {@code violations} (each error in the input), {@code line} and {@code column}
 * (where a body is malformed, from 1).
 */
public final class Problem {

  /** Media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(Problem.class);

  /** Source: RFC 6750, section 3. */
  private static final String CHALLENGE = "Bearer realm=\"burnish\"";

  private Problem() {}

  /**
   * A problem.
   *
   * @param slug the end of its type
   * @param status of HTTP, 400 or above
   * @param detail what is wrong, and what to do
   */
  public static HttpProblem of(String slug, int status, String detail) {
    return builder(slug, status, detail).build();
  }

  /** The same for a problem with headers or extension members. */
  public static HttpProblem.Builder builder(String slug, int status, String detail) {
    return HttpProblem.builder()
        .withType(URI.create("urn:burnish:problem:" + slug))
        .withTitle(reasonPhrase(status))
        .withStatus(status)
        .withDetail(detail);
  }

  /**
   * The reason phrase of a status. Netty has the older phrases of those that RFC 9110 renamed.
   * Source: IANA HTTP Status Code Registry, read 2026-11.
   */
  public static String reasonPhrase(int status) {
    return switch (status) {
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 416 -> "Range Not Satisfiable";
      case 422 -> "Unprocessable Content";
      default -> HttpResponseStatus.valueOf(status).reasonPhrase();
    };
  }

  /** A request that is refused with a status that has no type of its own. */
  public static HttpProblem refused(int status, String detail) {
    return of("refused", status, detail);
  }

  /** The request line or a header is malformed. */
  public static HttpProblem badRequest(String detail) {
    return refused(400, detail);
  }

  /**
   * The body is malformed.
   *
   * @param line where, from 1; 0: not known
   * @param column where, from 1
   */
  public static HttpProblem malformed(String detail, int line, int column) {
    return placed(builder("malformed", 400, detail), line, column);
  }

  /** The caller is not identified: it sent no key and no token. */
  public static HttpProblem unauthorized(String detail) {
    return unauthorized(detail, CHALLENGE);
  }

  /** The caller is not identified by the key or the token that it sent. */
  public static HttpProblem invalidToken(String detail) {
    return unauthorized(detail, CHALLENGE + ", error=\"invalid_token\"");
  }

  private static HttpProblem unauthorized(String detail, String challenge) {
    return builder("unauthorized", 401, detail).withHeader("WWW-Authenticate", challenge).build();
  }

  /**
   * The caller may not do this.
   *
   * @param needed the role that a caller must have for it
   */
  public static HttpProblem forbidden(String detail, Role needed) {
    return builder("forbidden", 403, detail)
        .withHeader(
            "WWW-Authenticate",
            CHALLENGE + ", error=\"insufficient_scope\", scope=\"%s\"".formatted(needed.word()))
        .build();
  }

  /** There is nothing at the address. */
  public static HttpProblem notFound(String detail) {
    return of("not-found", 404, detail);
  }

  /** No resource has the address. */
  public static HttpProblem noResource() {
    return notFound("no resource has this address; see /q/openapi");
  }

  /**
   * The address does not take the method.
   *
   * @param allowed value of the header Allow; empty when it is not known
   */
  public static HttpProblem methodNotAllowed(String allowed) {
    HttpProblem.Builder problem =
        builder(
            "method-not-allowed",
            405,
            allowed.isEmpty()
                ? "this address does not take this method; see /q/openapi"
                : "this address takes %s; see /q/openapi".formatted(allowed));
    return allowed.isEmpty() ? problem.build() : problem.withHeader("Allow", allowed).build();
  }

  /** The response is not available in a media type of Accept. */
  public static HttpProblem notAcceptable(String detail) {
    return of("not-acceptable", 406, detail);
  }

  /** The body is too large. */
  public static HttpProblem tooLarge(String detail) {
    return of("too-large", 413, detail);
  }

  /**
   * A body is larger than its address allows.
   *
   * @param path of the request
   * @param limit in bytes, after decompression
   */
  public static HttpProblem tooLarge(String path, long limit) {
    return tooLarge(
        (path.startsWith("/jobs")
                ? "the body is larger than %,d bytes, counted after decompression; post the records in several jobs"
                : "a state file may have at most %,d bytes, counted after decompression; send its keys in several files: each is added to tracking")
            .formatted(limit));
  }

  /** The body is of another media type or coding than the address takes. */
  public static HttpProblem unsupportedMediaType(String detail) {
    return of("unsupported-media-type", 415, detail);
  }

  /** A limit of the caller's key is reached. */
  public static HttpProblem keyLimit(String detail, Duration retryAfter) {
    return builder("key-limit", 429, detail)
        .withHeader("Retry-After", Math.max(1, retryAfter.toSeconds()))
        .build();
  }

  /** The input is well formed, and wrong: each error is a violation. */
  public static HttpProblem.Builder invalid(String detail, List<Violation> violations) {
    return builder("invalid", 422, detail).with("violations", violations);
  }

  /** The same with one violation. */
  public static HttpProblem.Builder invalid(Violation violation) {
    return invalid(violation.field() + ": " + violation.message(), List.of(violation));
  }

  /** An error of the service: the log has the stack and an id, the client is told the id only. */
  public static HttpProblem unexpected(Throwable e) {
    UUID id = UUID.randomUUID();
    LOG.errorf(e, "Unhandled exception, answered with 500 and the error id %s", id);
    return of("unexpected", 500, "look for %s in the log of the service".formatted(id));
  }

  /**
   * Adds the place of an error in a body.
   *
   * @param line from 1; 0: not known, and nothing is added
   * @param column from 1
   */
  public static HttpProblem placed(HttpProblem.Builder problem, int line, int column) {
    return line == 0 ? problem.build() : problem.with("line", line).with("column", column).build();
  }

  /**
   * One error in the input.
   *
   * @param field where, as a path into what was posted
   * @param message what is wrong and what to do
   */
  public record Violation(String field, String message) {}
}
