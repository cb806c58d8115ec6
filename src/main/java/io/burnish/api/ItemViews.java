package io.burnish.api;

import io.burnish.api.ItemListView.Entry;
import io.burnish.api.ItemListView.Waiting;
import io.burnish.items.ItemDetail;
import io.burnish.items.ItemFilter;
import io.burnish.items.ItemPage;
import io.burnish.items.ItemQueries;
import io.burnish.items.ItemRow;
import io.burnish.job.Job;
import io.burnish.job.JobState;
import io.burnish.prices.Prices;
import io.burnish.queue.ItemState;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the views of a job's items. */
@Singleton
class ItemViews {

  private final Prices prices;
  private final ItemQueries queries;
  private final WaitReasons waits;

  ItemViews(ItemQueries queries, WaitReasons waits, Prices prices) {
    this.prices = prices;
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
    Optional<Waiting> ofReady =
        page.items().stream().anyMatch(ItemViews::isReady) ? ofReadyItems(job) : Optional.empty();
    List<Entry> items = new ArrayList<>();
    for (ItemRow item : page.items()) {
      items.add(entry(item, waiting(job, item, ofReady)));
    }
    return new ItemListView(
        items, page.after().isPresent() ? Cursor.of(nameOf(job), page.after().getAsInt()) : null);
  }

  /** An item as JSON; empty when the job has no item at this position. */
  Optional<String> find(Job job, int seq) {
    return queries.find(job.id(), seq).map(item -> ItemJson.of(item, entry(job, item), prices));
  }

  private Entry entry(Job job, ItemDetail item) {
    ItemRow row = item.row();
    return entry(row, waiting(job, row, isReady(row) ? ofReadyItems(job) : Optional.empty()));
  }

  private static boolean isReady(ItemRow item) {
    return item.state().equals(ItemState.READY.word());
  }

  private Optional<Waiting> ofReadyItems(Job job) {
    return waits
        .ofReadyItems(job)
        .map(wait -> new Waiting(wait.reason(), wait.until(), wait.detail()));
  }

  private static @Nullable Waiting waiting(Job job, ItemRow item, Optional<Waiting> ofReady) {
    boolean waits = item.waitReason() != null;
    if (job.state() == JobState.PAUSED && (waits || isReady(item))) {
      return new Waiting("paused", null, null);
    }
    return waits
        ? new Waiting(item.waitReason(), item.dueAt(), null)
        : isReady(item) ? ofReady.orElse(null) : null;
  }

  private static Entry entry(ItemRow item, @Nullable Waiting waiting) {
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
