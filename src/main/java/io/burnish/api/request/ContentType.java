package io.burnish.api.request;

import io.burnish.api.body.AcceptedBodies;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.problem.Problem;
import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** The header Content-Type of a request (RFC 9110, section 8.3). */
final class ContentType {

  private ContentType() {}

  /**
   * Why the body is not accepted; empty when it is, as far as the header tells. Where the method
   * takes no body, the header is removed: the framework would choose the method by it, and fail at
   * one that is malformed.
   */
  static Optional<HttpProblem> check(MultiMap headers, List<Endpoint> endpoints) {
    boolean takesBody = endpoints.stream().anyMatch(Endpoint::takesBody);
    boolean empty = !headers.contains(HttpHeaders.TRANSFER_ENCODING) && length(headers).equals("0");
    if (empty && endpoints.stream().allMatch(Endpoint::optionalBody)) {
      headers.set(HttpHeaders.CONTENT_TYPE, endpoints.get(0).consumes().get(0));
      return Optional.empty();
    }
    if (!takesBody) {
      headers.remove(HttpHeaders.CONTENT_TYPE);
      return Optional.empty();
    }
    List<String> values = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      return Optional.of(refused(endpoints, "Content-Type may be given once; "));
    }
    // A blank before the first semicolon is allowed; the framework takes it as a part of the name.
    String value = values.get(0).strip().replaceFirst("[ \\t]+;", ";");
    headers.set(HttpHeaders.CONTENT_TYPE, value);
    Optional<MediaType> type = MediaTypes.parse(value);
    return type.isEmpty()
        ? Optional.of(refused(endpoints, "Content-Type is not a media type; "))
        : check(type.get(), endpoints);
  }

  private static Optional<HttpProblem> check(MediaType type, List<Endpoint> endpoints) {
    if (!MediaTypes.isUtf8(type)) {
      return Optional.of(
          refused(
              endpoints,
              "charset=%s is not supported: all text must be UTF-8; "
                  .formatted(Excerpt.of(type.getParameters().get("charset")))));
    }
    String plain = MediaTypes.withoutParameters(type);
    boolean accepted =
        endpoints.stream()
            .anyMatch(
                endpoint -> endpoint.consumes().isEmpty() || endpoint.consumes().contains(plain));
    return accepted ? Optional.empty() : Optional.of(refused(endpoints, ""));
  }

  private static String length(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? "0" : length.strip();
  }

  private static HttpProblem refused(List<Endpoint> endpoints, String why) {
    return Problem.unsupportedMediaType(
        why
            + switch (endpoints.get(0).path()) {
              case "/jobs" -> AcceptedBodies.JOB;
              case "/tracking/state" -> AcceptedBodies.STATE_FILE;
              default -> "send a JSON object";
            });
  }
}
