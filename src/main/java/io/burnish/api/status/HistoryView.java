package io.burnish.api.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.status.DecidedItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that were decided in a minute, with one outcome and by one model.
 *
 * @param minute its start
 * @param model that was called last; null: decided without a call
 * @param outcome {@code succeeded} by a call, {@code reused} without one, or {@code failed}
 * @param items how many; over 0
 */
@JsonInclude
public record HistoryView(Instant minute, @Nullable String model, String outcome, int items) {

  /** The rows, a row a minute, model and outcome. */
  static List<HistoryView> of(List<DecidedItems> decided) {
    List<HistoryView> rows = new ArrayList<>();
    for (DecidedItems items : decided) {
      add(rows, items, "succeeded", items.succeeded());
      add(rows, items, "reused", items.reused());
      add(rows, items, "failed", items.failed());
    }
    return rows;
  }

  private static void add(List<HistoryView> rows, DecidedItems decided, String outcome, int items) {
    if (items > 0) {
      rows.add(new HistoryView(decided.minute(), decided.model(), outcome, items));
    }
  }
}
