package io.burnish.job.stored;

import io.burnish.job.state.Counts;
import io.burnish.queue.item.NewItem;
import java.util.Arrays;
import java.util.Iterator;

/** Counts a job's items while they are streamed; all of them are never in memory. */
public final class ItemCounter implements Iterable<NewItem> {

  private final Iterable<NewItem> items;
  private final Counter all = new Counter();
  private final Counter[] files;

  /** Counts items while they are read; {@code files} is the number of files. */
  public ItemCounter(Iterable<NewItem> items, int files) {
    this.items = items;
    this.files = new Counter[files];
    Arrays.setAll(this.files, i -> new Counter());
  }

  /** Can be called once. */
  @Override
  public Iterator<NewItem> iterator() {
    Iterator<NewItem> iterator = items.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public NewItem next() {
        NewItem item = iterator.next();
        all.add(item);
        if (item.file() != null) {
          files[item.file()].add(item);
        }
        return item;
      }
    };
  }

  /** Counts of all items that were read so far. */
  public Counts all() {
    return all.counts();
  }

  /** Counts of the items of one file. */
  public Counts ofFile(int ordinal) {
    return files[ordinal].counts();
  }

  private static final class Counter {

    private int total;
    private int succeeded;
    private int failed;

    void add(NewItem item) {
      total++;
      switch (item.state()) {
        case SUCCEEDED -> succeeded++;
        case FAILED -> failed++;
        case READY, RUNNING, WAITING, CANCELLED -> {}
      }
    }

    Counts counts() {
      return new Counts(total, succeeded, failed, 0, 0);
    }
  }
}
