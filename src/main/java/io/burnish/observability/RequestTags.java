package io.burnish.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Bounds the values of the tag {@code method} of HTTP meters, because each value of a tag is a
 * meter that stays in memory, and clients may send any method. {@code
 * quarkus.micrometer.binder.http-server} bounds the addresses.
 */
@Singleton
class RequestTags {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  @Produces
  @Singleton
  MeterFilter methods() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String method = id.getTag("method");
        return !id.getName().startsWith("http.server.")
                || method == null
                || METHODS.contains(method)
            ? id
            : id.replaceTags(withoutMethod(id.getTags()));
      }
    };
  }

  /**
   * The API and the management interface each register this gauge with the same name and tags, so
   * it would be that of either, with a WARN line. Source: Quarkus 3.33, VertxHttpServerMetrics.
   */
  @Produces
  @Singleton
  MeterFilter withoutActive() {
    return MeterFilter.denyNameStartsWith("http.server.active.");
  }

  private static List<Tag> withoutMethod(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.getKey().equals("method") ? Tag.of("method", "OTHER") : tag)
        .toList();
  }
}
