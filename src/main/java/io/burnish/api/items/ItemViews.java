package io.burnish.api.items;

import io.burnish.api.input.Cursor;
import io.burnish.api.items.ItemListView.Entry;
import io.burnish.api.view.JobCosts;
import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.api.view.WaitReasons;
import io.burnish.items.ItemDetail;
import io.burnish.items.ItemFilter;
import io.burnish.items.ItemPage;
import io.burnish.items.ItemQueries;
import io.burnish.items.ItemRow;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.Job;
import io.burnish.queue.item.ItemState;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the views of a job's items. */
@Singleton
class ItemViews {

  private final JobCosts costs;
  private final ItemQueries queries;
  private final WaitReasons waits;

  ItemViews(ItemQueries queries, WaitReasons waits, JobCosts costs) {
    this.costs = costs;
    this.queries = queries;
    this.waits = waits;
  }

  /** Name of the list of the job's items in its cursors. */
  static String nameOf(Job job) {
    return "items:" + job.id();
  }

  /**
   * A page.
   *
   * @param afterSeq the last item of the page before; null: the first page
   * @param limit items at most; over 0
   */
  ItemListView page(Job job, ItemFilter filter, @Nullable Integer afterSeq, int limit) {
    ItemPage page = queries.page(job.id(), filter, afterSeq == null ? -1 : afterSeq, limit);
    Optional<WaitingFor> ofReady =
        page.items().stream().anyMatch(ItemViews::isReady)
            ? waits.ofReadyItems(job)
            : Optional.empty();
    List<Entry> items = new ArrayList<>();
    for (ItemRow item : page.items()) {
      items.add(entry(item, waiting(job, item, ofReady)));
    }
    return new ItemListView(
        items, page.after().isPresent() ? Cursor.of(nameOf(job), page.after().getAsInt()) : null);
  }

  /** An item as JSON; empty when the job has no item at this position. */
  Optional<String> find(Job job, int seq) {
    return queries.find(job.id(), seq).map(item -> ItemJson.of(item, entry(job, item), costs));
  }

  private Entry entry(Job job, ItemDetail item) {
    ItemRow row = item.row();
    return entry(row, waiting(job, row, isReady(row) ? waits.ofReadyItems(job) : Optional.empty()));
  }

  private static boolean isReady(ItemRow item) {
    return item.state().equals(ItemState.READY.word());
  }

  private static @Nullable WaitingFor waiting(Job job, ItemRow item, Optional<WaitingFor> ofReady) {
    boolean waits = item.waitReason() != null;
    if (job.state() == JobState.PAUSED && (waits || isReady(item))) {
      return new WaitingFor(WaitReasons.pauseReason(job), null, null);
    }
    return waits
        ? new WaitingFor(item.waitReason(), item.dueAt(), null)
        : isReady(item) ? ofReady.orElse(null) : null;
  }

  private static Entry entry(ItemRow item, @Nullable WaitingFor waiting) {
    return new Entry(
        item.seq(),
        item.file(),
        item.key(),
        item.state(),
        item.attempts(),
        item.model(),
        item.code(),
        waiting);
  }
}
