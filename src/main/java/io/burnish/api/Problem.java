package io.burnish.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not carried out (RFC 9457).
 *
 * @param type stable, for programs: {@code urn:burnish:problem:…}
 * @param title what kind of problem, the same for all of the type
 * @param status the HTTP status
 * @param detail what is wrong with this request, and what to do
 * @param line where a body is broken, from 1; null when that is not the problem
 * @param column where a body is broken, in characters from 1; null when that is not the problem
 * @param violations each mistake in the input; null when that is not the problem
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Why a request was not carried out (RFC 9457).")
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable List<Violation> violations) {

  /** Media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(String slug, String title, int status, String detail) {
    return new Problem("urn:burnish:problem:" + slug, title, status, detail, null, null, null);
  }

  static Problem tooLarge(String detail) {
    return of("too-large", "The body is too large", 413, detail);
  }

  Problem at(int line, int column) {
    return line == 0 ? this : new Problem(type, title, status, detail, line, column, violations);
  }

  Problem with(List<Violation> violations) {
    return new Problem(type, title, status, detail, line, column, violations);
  }

  Response response() {
    return Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this).build();
  }

  /**
   * One mistake in the input.
   *
   * @param field where, as a path into what was posted
   * @param message what is wrong and what to do
   */
  public record Violation(String field, String message) {}
}
