package io.burnish.attempt;

import io.burnish.queue.item.ClaimedItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The MDC fields of log lines about records: {@code job}, {@code item} and {@code model}. JSON logs
 * have them as fields. For a pack, a field has all ids, separated by commas.
 */
final class LogFields {

  static final String JOB = "job";
  static final String ITEM = "item";
  static final String MODEL = "model";

  private LogFields() {}

  /**
   * Does work with the fields set on this thread, and restores their values afterwards.
   *
   * @param items the records that the work is about
   * @param model the model that is asked first; null: none
   */
  static <T> T with(List<ClaimedItem> items, @Nullable String model, Supplier<T> work) {
    Map<String, @Nullable Object> previous = new LinkedHashMap<>();
    fields(items, model)
        .forEach(
            (field, value) -> {
              previous.put(field, MDC.get(field));
              MDC.put(field, value);
            });
    try {
      return work.get();
    } finally {
      previous.forEach(LogFields::restore);
    }
  }

  private static Map<String, String> fields(List<ClaimedItem> items, @Nullable String model) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(JOB, ids(items.stream().map(ClaimedItem::jobId).distinct().toList()));
    fields.put(ITEM, ids(items.stream().map(ClaimedItem::id).toList()));
    if (model != null) {
      fields.put(MODEL, model);
    }
    return fields;
  }

  private static String ids(List<?> ids) {
    return ids.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static void restore(String field, @Nullable Object value) {
    if (value == null) {
      MDC.remove(field);
    } else {
      MDC.put(field, value);
    }
  }
}
