package io.burnish.api;

import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request's Content-Type and Accept mean here (RFC 9110, sections 8.3 and 12.5.1). All text
 * is UTF-8, in both directions.
 */
final class MediaTypes {

  private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private MediaTypes() {}

  /**
   * Why the body is not taken; empty when it is, as far as the header tells. Where no body is
   * taken, what is said of one is removed: the framework would choose the method by it, and fail at
   * what is no media type.
   */
  static Optional<HttpProblem> ofBody(MultiMap headers, List<Endpoint> endpoints) {
    List<String> given = headers.getAll(HttpHeaders.CONTENT_TYPE);
    boolean takesBody = endpoints.stream().anyMatch(endpoint -> takesBody(endpoint.method()));
    if (!takesBody) {
      headers.remove(HttpHeaders.CONTENT_TYPE);
      return Optional.empty();
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1) {
      return Optional.of(refused(endpoints, "Content-Type may be given once; "));
    }
    // A blank may stand before the first semicolon; the framework takes it for a part of the name.
    String written = given.get(0).strip().replaceFirst("[ \\t]+;", ";");
    headers.set(HttpHeaders.CONTENT_TYPE, written);
    Optional<MediaType> type = parsed(written);
    if (type.isEmpty()) {
      return Optional.of(refused(endpoints, "Content-Type is no media type; "));
    }
    if (!isUtf8(type.get())) {
      return Optional.of(
          refused(
              endpoints,
              "charset=%s is not understood: all text is UTF-8 here; "
                  .formatted(Excerpt.of(type.get().getParameters().get("charset")))));
    }
    boolean taken =
        endpoints.stream()
            .anyMatch(
                endpoint ->
                    endpoint.consumes().isEmpty()
                        || endpoint.consumes().contains(plain(type.get())));
    return taken ? Optional.empty() : Optional.of(refused(endpoints, ""));
  }

  private static boolean takesBody(String method) {
    return method.equals("POST") || method.equals("PUT");
  }

  private static HttpProblem refused(List<Endpoint> endpoints, String why) {
    return Problem.unsupportedMediaType(
        why
            + (endpoints.get(0).path().equals("/jobs")
                ? PostResource.TAKES
                : TrackingResource.TAKES));
  }

  /**
   * Chooses the form of the answer, and makes Accept say so.
   *
   * @return why there is none that the client accepts; empty when there is
   */
  static Optional<HttpProblem> ofAnswer(MultiMap headers, List<Endpoint> endpoints) {
    List<String> offered =
        endpoints.stream().flatMap(endpoint -> endpoint.produces().stream()).distinct().toList();
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Wish>> wishes = wishes(headers.getAll(HttpHeaders.ACCEPT));
    Optional<String> best = wishes.flatMap(all -> best(all, ordered(offered)));
    best.ifPresent(type -> headers.set(HttpHeaders.ACCEPT, type));
    return best.isPresent()
        ? Optional.empty()
        : Optional.of(
            Problem.notAcceptable(
                "%s; the answer comes as %s, in UTF-8"
                    .formatted(
                        wishes.isEmpty()
                            ? "Accept is no list of media types"
                            : "Accept asks for another form",
                        String.join(" or ", ordered(offered)))));
  }

  private static List<String> ordered(List<String> types) {
    return types.stream()
        .sorted(Comparator.comparing(type -> !type.equals(MediaType.APPLICATION_JSON)))
        .toList();
  }

  /**
   * One element of Accept.
   *
   * @param type without parameters, maybe with wildcards
   * @param weight 0 (never) to 1
   * @param place in the header, from 0
   */
  private record Wish(MediaType type, double weight, int place) {

    /** How closely it names the type: 2 exactly, 1 by its first half, 0 any; -1: another. */
    int fit(String offered) {
      MediaType other = MediaType.valueOf(offered);
      if (!type.isCompatible(other)) {
        return -1;
      }
      return type.isWildcardType() ? 0 : type.isWildcardSubtype() ? 1 : 2;
    }
  }

  /** Of the types that weigh most, the one named first; of those, the one offered first. */
  private static Optional<String> best(List<Wish> wishes, List<String> offered) {
    if (wishes.isEmpty()) {
      return offered.stream().findFirst();
    }
    Map<String, Wish> wanted =
        offered.stream()
            .flatMap(type -> closest(wishes, type).map(wish -> Map.entry(type, wish)).stream())
            .filter(entry -> entry.getValue().weight() > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return offered.stream()
        .filter(wanted::containsKey)
        .min(
            Comparator.<String>comparingDouble(type -> -wanted.get(type).weight())
                .thenComparing(type -> wanted.get(type).place()));
  }

  private static Optional<Wish> closest(List<Wish> wishes, String type) {
    return wishes.stream()
        .filter(wish -> wish.fit(type) >= 0)
        .max(
            Comparator.<Wish>comparingInt(wish -> wish.fit(type))
                .thenComparing(wish -> -wish.place()));
  }

  /** Empty when the header can't be read. What asks for another charset is never met. */
  private static Optional<List<Wish>> wishes(List<String> headers) {
    List<Wish> wishes = new ArrayList<>();
    List<String> elements =
        headers.stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .filter(element -> !element.isBlank())
            .toList();
    for (String element : elements) {
      Optional<MediaType> type = parsed(element.strip().equals("*") ? "*/*" : element);
      Optional<Double> weight = type.flatMap(MediaTypes::weight);
      if (weight.isEmpty()) {
        return Optional.empty();
      }
      wishes.add(
          new Wish(
              new MediaType(type.get().getType(), type.get().getSubtype()),
              isUtf8(type.get()) ? weight.get() : 0,
              wishes.size()));
    }
    return Optional.of(wishes);
  }

  private static Optional<Double> weight(MediaType type) {
    String weight = type.getParameters().getOrDefault("q", "1");
    return weight.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")
        ? Optional.of(Double.valueOf(weight))
        : Optional.empty();
  }

  private static Optional<MediaType> parsed(String text) {
    if (!text.strip()
        .matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*(;.*)?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(MediaType.valueOf(text.strip()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isUtf8(MediaType type) {
    String charset = type.getParameters().get("charset");
    return charset == null || CHARSETS.contains(charset.toLowerCase(Locale.ROOT));
  }

  private static String plain(MediaType type) {
    return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
  }
}
