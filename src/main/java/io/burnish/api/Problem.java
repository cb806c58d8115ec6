package io.burnish.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.List;

/**
 * The problems of this service (RFC 9457). Each has a stable type, {@code urn:burnish:problem:…}, a
 * title that is the same for all of the type, and a detail that says what is wrong and what to do.
 * Extension members: {@code violations} (each mistake of the input), {@code line} and {@code
 * column} (where a body is broken, from 1).
 */
final class Problem {

  /** Media type of a problem. */
  static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  static HttpProblem of(String slug, String title, int status, String detail) {
    return builder(slug, title, status, detail).build();
  }

  static HttpProblem.Builder builder(String slug, String title, int status, String detail) {
    return HttpProblem.builder()
        .withType(URI.create("urn:burnish:problem:" + slug))
        .withTitle(title)
        .withStatus(status)
        .withDetail(detail);
  }

  /** The request itself, not its body, can't be read. */
  static HttpProblem badRequest(String detail) {
    return of("refused", "The request is refused", 400, detail);
  }

  static HttpProblem notFound(String detail) {
    return of("not-found", "There is no such thing", 404, detail);
  }

  /**
   * The address does not take the method.
   *
   * @param allowed value of the header Allow; empty when it is not known
   */
  static HttpProblem methodNotAllowed(String allowed) {
    HttpProblem.Builder problem =
        builder(
            "method-not-allowed",
            "Not with this method",
            405,
            allowed.isEmpty()
                ? "this address does not take this method; see /q/openapi"
                : "this address takes %s; see /q/openapi".formatted(allowed));
    return allowed.isEmpty() ? problem.build() : problem.withHeader("Allow", allowed).build();
  }

  static HttpProblem notAcceptable(String detail) {
    return of("not-acceptable", "Not in this form", 406, detail);
  }

  static HttpProblem tooLarge(String detail) {
    return of("too-large", "The body is too large", 413, detail);
  }

  static HttpProblem unsupportedMediaType(String detail) {
    return of("unsupported-media-type", "Not this kind of body", 415, detail);
  }

  /** The input is well formed, and wrong: each mistake is a violation. */
  static HttpProblem.Builder invalid(String title, String detail, List<Violation> violations) {
    return builder("invalid", title, 422, detail).with("violations", violations);
  }

  /**
   * One mistake in the input.
   *
   * @param field where, as a path into what was posted
   * @param message what is wrong and what to do
   */
  record Violation(String field, String message) {}
}
