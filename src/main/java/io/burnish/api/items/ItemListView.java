package io.burnish.api.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.api.view.JobView.WaitingFor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a job's items.
 *
 * @param items in input order; may be empty although {@code next} is not null
 * @param next the cursor of the next page; null on the last one
 */
@JsonInclude
public record ItemListView(List<Entry> items, @Nullable String next) {

  /**
   * An item.
   *
   * @param seq position in the job's input, from 0
   * @param file name of its file; null: the job has none
   * @param key of its record; null: none
   * @param state of the item
   * @param attempts judged answers so far
   * @param model that was called last; null: none was
   * @param code why it failed; null unless it failed
   * @param waitingFor what it waits for; null when it does not wait, or is only in turn
   */
  @JsonInclude
  public record Entry(
      int seq,
      @Nullable String file,
      @Nullable String key,
      String state,
      int attempts,
      @Nullable String model,
      @Nullable String code,
      @Nullable WaitingFor waitingFor) {}
}
