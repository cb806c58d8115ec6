package io.burnish.job.stored;

import io.burnish.queue.item.CountedItems;
import java.util.List;

/** What the owner of a job should know although nothing is broken. */
public final class JobWarnings {

  private JobWarnings() {}

  /** Sentences about the items of a job. */
  public static List<String> of(CountedItems items) {
    int collisions = items.keyCollisions();
    return collisions == 0
        ? List.of()
        : List.of(
            ("%d %s the key of another record of different content, and %s not sent: of each key, only"
                    + " the first is (dedupe: id). Post with dedupe: content to have every content"
                    + " enhanced")
                .formatted(
                    collisions,
                    collisions == 1 ? "record has" : "records have",
                    collisions == 1 ? "was" : "were"));
  }
}
