package io.burnish.estimate;

import io.burnish.dedup.KnownRecords;
import io.burnish.dedup.KnownRecords.Meaning;
import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.job.spec.JobSpec;
import io.burnish.job.spec.JobSubmission;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.ItemState;
import io.burnish.queue.item.NewItem;
import io.burnish.record.SourceRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads a batch: what would be rejected, what is known, and how large the rest is. Thread-safe. */
@Singleton
class BatchReader {

  /** Records that are looked up together. */
  private static final int LOOKED_UP = 500;

  /** Characters of the records that are looked up together, at most. */
  private static final int MOST_CHARACTERS = 1_000_000;

  /** Tokens are counted of so many records, and then of every tenth: counting takes long. */
  private static final int COUNTED = 2_000;

  private static final int COUNTED_AFTER = 10;

  private final KnownRecords known;
  private final Enhancer enhancer;
  private final Clock clock;

  BatchReader(KnownRecords known, Enhancer enhancer, Clock clock) {
    this.known = known;
    this.enhancer = enhancer;
    this.clock = clock;
  }

  /**
   * Reads all records of a job.
   *
   * @throws io.burnish.database.DatabaseException when the database does not answer
   */
  Batch read(JobSubmission job) {
    Reading reading = new Reading(job);
    job.items().forEach(reading::read);
    reading.lookUp();
    return reading.batch;
  }

  /** Tokens of a prompt without records. */
  int frameTokens(JobSubmission job) {
    return enhancer.frameTokens(Profiles.named(job.profile()).orElseThrow());
  }

  private final class Reading {

    private final JobSpec spec;
    private final Profile profile;
    private final Batch batch = new Batch();
    private final FingerprintSet seen = new FingerprintSet();
    private final List<ClaimedItem> pending = new ArrayList<>();
    private long characters;

    Reading(JobSubmission job) {
      this.profile = Profiles.named(job.profile()).orElseThrow();
      this.spec =
          new JobSpec(
              new UUID(0, 0),
              Optional.ofNullable(job.name()),
              job.profile(),
              job.scope().owner(),
              job.scope(),
              job.options(),
              clock.instant(),
              Optional.empty());
    }

    void read(NewItem item) {
      batch.read();
      if (item.state() == ItemState.FAILED) {
        batch.reject(item);
      } else if (item.state() == ItemState.READY) {
        ready(item);
      }
    }

    private void ready(NewItem item) {
      if (item.fingerprint() != null && !seen.add(item.fingerprint())) {
        batch.duplicate();
        return;
      }
      pending.add(claimed(item));
      characters += item.record().length();
      if (pending.size() == LOOKED_UP || characters > MOST_CHARACTERS) {
        lookUp();
      }
    }

    private ClaimedItem claimed(NewItem item) {
      return ClaimedItem.first(
          item.seq(), spec.id(), item.seq(), item.fingerprint(), item.key(), item.record());
    }

    void lookUp() {
      Map<Long, Meaning> meanings = known.of(spec, pending);
      for (ClaimedItem item : pending) {
        Meaning meaning = meanings.get(item.id());
        if (meaning == null) {
          ask(item.record());
        } else {
          batch.known(meaning);
        }
      }
      pending.clear();
      characters = 0;
    }

    private void ask(String record) {
      batch.ask(record.length());
      if (batch.measured() < COUNTED || batch.toAsk() % COUNTED_AFTER == 0) {
        Question question =
            new Question(1, SourceRecord.of(record), List.of(), spec.options().rulesOff());
        batch.measure(record.length(), enhancer.tokens(profile, question));
      }
    }
  }
}
