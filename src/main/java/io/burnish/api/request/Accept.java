package io.burnish.api.request;

import io.burnish.api.input.MediaTypes;
import io.burnish.api.problem.Problem;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The header Accept of a request: content negotiation (RFC 9110, section 12.5.1). */
final class Accept {

  private Accept() {}

  /**
   * Chooses the media type of the response, and sets Accept to exactly that one.
   *
   * @return why there is none that the client accepts; empty when there is one
   */
  static Optional<HttpProblem> negotiate(MultiMap headers, List<Endpoint> endpoints) {
    List<String> offered =
        endpoints.stream()
            .flatMap(endpoint -> endpoint.produces().stream())
            .distinct()
            .sorted(Comparator.comparing(type -> !type.equals(MediaType.APPLICATION_JSON)))
            .toList();
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Range>> ranges = ranges(headers.getAll(HttpHeaders.ACCEPT));
    Optional<String> best = ranges.flatMap(all -> best(all, offered));
    best.ifPresent(type -> headers.set(HttpHeaders.ACCEPT, type));
    return best.isPresent()
        ? Optional.empty()
        : Optional.of(
            Problem.notAcceptable(
                "%s; the response is available as %s, in UTF-8"
                    .formatted(
                        ranges.isEmpty()
                            ? "Accept is not a list of media types"
                            : "no media type of Accept is available here",
                        String.join(" or ", offered))));
  }

  /**
   * One element of Accept.
   *
   * @param type without parameters; may have wildcards
   * @param weight 0 (not acceptable) to 1
   * @param position in the header, from 0
   */
  private record Range(MediaType type, double weight, int position) {

    /** How specific it is for a type: 2 the type itself, 1 its first half, 0 any; -1: no match. */
    int specificity(String offered) {
      MediaType other = MediaType.valueOf(offered);
      if (!type.isCompatible(other)) {
        return -1;
      }
      return type.isWildcardType() ? 0 : type.isWildcardSubtype() ? 1 : 2;
    }
  }

  /**
   * The type with the highest weight; of several, the one named first, then the one offered first.
   */
  private static Optional<String> best(List<Range> ranges, List<String> offered) {
    if (ranges.isEmpty()) {
      return offered.stream().findFirst();
    }
    Map<String, Range> accepted =
        offered.stream()
            .flatMap(type -> closest(ranges, type).map(range -> Map.entry(type, range)).stream())
            .filter(entry -> entry.getValue().weight() > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return offered.stream()
        .filter(accepted::containsKey)
        .min(
            Comparator.<String>comparingDouble(type -> -accepted.get(type).weight())
                .thenComparing(type -> accepted.get(type).position()));
  }

  private static Optional<Range> closest(List<Range> ranges, String type) {
    return ranges.stream()
        .filter(range -> range.specificity(type) >= 0)
        .max(
            Comparator.<Range>comparingInt(range -> range.specificity(type))
                .thenComparing(range -> -range.position()));
  }

  /** Empty when the header is malformed. An element with a charset other than UTF-8 weighs 0. */
  private static Optional<List<Range>> ranges(List<String> headers) {
    List<Range> ranges = new ArrayList<>();
    List<String> elements =
        headers.stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .filter(element -> !element.isBlank())
            .toList();
    for (String element : elements) {
      Optional<MediaType> type = MediaTypes.parse(element.strip().equals("*") ? "*/*" : element);
      Optional<Double> weight = type.flatMap(Accept::weight);
      if (weight.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(
          new Range(
              new MediaType(type.get().getType(), type.get().getSubtype()),
              MediaTypes.isUtf8(type.get()) ? weight.get() : 0,
              ranges.size()));
    }
    return Optional.of(ranges);
  }

  private static Optional<Double> weight(MediaType type) {
    String weight = type.getParameters().getOrDefault("q", "1");
    return weight.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")
        ? Optional.of(Double.valueOf(weight))
        : Optional.empty();
  }
}
