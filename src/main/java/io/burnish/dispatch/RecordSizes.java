package io.burnish.dispatch;

import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.Pack.PackKey;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.attempt.RecordHistory;
import io.burnish.dedup.JobSpecs;
import io.burnish.dispatch.ItemGroups.Group;
import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.profile.Profile;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measures what records add to a prompt, and orders them for packing. */
@Singleton
class RecordSizes {

  /** So few re-asks make no call of their own while there is other work to share one with. */
  private static final int FEW_REASKS = 3;

  private final JobSpecs specs;
  private final Enhancer enhancer;
  private final InternalErrors errors;

  RecordSizes(JobSpecs specs, Enhancer enhancer, InternalErrors errors) {
    this.specs = specs;
    this.enhancer = enhancer;
    this.errors = errors;
  }

  /**
   * Measured records.
   *
   * @param records in the order in which they are packed: those that go alone first, as they would
   *     be left over each time
   * @param failed outcomes of those that met an internal error
   */
  record Measured(List<SizedRecord> records, List<Outcome> failed) {}

  /** Tokens of a prompt without records. */
  int frameTokens(Profile profile) {
    return enhancer.frameTokens(profile);
  }

  /**
   * Measures the records of a group for calls to a model.
   *
   * @param exact whether the tokens are counted, or else bounded by the length of the text
   */
  Measured of(Group group, String model, boolean exact) {
    List<SizedRecord> sized = new ArrayList<>();
    List<Outcome> failed = new ArrayList<>();
    for (ClaimedItem item : group.items()) {
      try {
        sized.add(size(group.profile(), item, model, exact));
      } catch (RuntimeException | Error e) {
        errors.postponeOrFail(item, e).ifPresent(failed::add);
      }
    }
    return new Measured(ordered(sized), failed);
  }

  private SizedRecord size(Profile profile, ClaimedItem item, String model, boolean exact) {
    Question question = specs.question(item);
    RecordHistory history = RecordHistory.of(item);
    return new SizedRecord(
        item,
        question,
        exact ? enhancer.tokens(profile, question) : enhancer.tokensAtMost(question),
        new PackKey(history.needsOwnCall(model) ? 1 : item.maxPack(), history.hasRejections()));
  }

  private static List<SizedRecord> ordered(List<SizedRecord> sized) {
    long reasks = sized.stream().filter(record -> record.packKey().reask()).count();
    boolean mix = reasks <= FEW_REASKS && sized.size() > reasks;
    return sized.stream()
        .map(record -> mix ? withOthers(record) : record)
        .sorted(
            Comparator.comparing((SizedRecord record) -> record.packKey().maxRecords())
                .thenComparing(record -> !record.packKey().reask())
                .thenComparing(record -> record.item().attempt()))
        .toList();
  }

  private static SizedRecord withOthers(SizedRecord record) {
    PackKey packKey = new PackKey(record.packKey().maxRecords(), false);
    return new SizedRecord(record.item(), record.question(), record.tokens(), packKey);
  }
}
