package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.enhancement.Question;
import io.burnish.models.CallRecord;
import io.burnish.profile.Profiles;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.RateLimitHeaders;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.CallUsage;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SpendingTest {

  @Property(tries = 200)
  void the_shares_of_the_jobs_add_up_to_what_was_spent(
      @ForAll @Size(min = 1, max = 16) List<@IntRange(min = 0, max = 3) Integer> jobOfRecord,
      @ForAll @IntRange(min = 0, max = 10_000) int prompt,
      @ForAll @IntRange(min = 0, max = 5_000) int completion) {
    List<UUID> jobs =
        List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    List<Pack.Sized> records = new ArrayList<>();
    jobOfRecord.forEach(job -> records.add(record(records.size(), jobs.get(job))));
    Pack pack = Pack.of(Profiles.named("discount").orElseThrow(), 0, records);
    List<Outcome> outcomes =
        pack.items().stream()
            .map(item -> Outcome.without(item, new Parked(WaitReason.QUOTA, Duration.ZERO)))
            .toList();

    List<Outcome> spread =
        Spending.spread(pack, List.of(call(prompt, completion), call(prompt, 0)), outcomes);

    List<CallUsage> usage = spread.stream().flatMap(outcome -> outcome.calls().stream()).toList();
    assertThat(spread).hasSameSizeAs(outcomes);
    assertThat(usage.stream().mapToLong(CallUsage::promptTokens).sum()).isEqualTo(2L * prompt);
    assertThat(usage.stream().mapToLong(CallUsage::completionTokens).sum()).isEqualTo(completion);
    assertThat(usage).hasSize(2 * (int) jobOfRecord.stream().distinct().count());
  }

  private static CallRecord call(int prompt, int completion) {
    RateLimitHeaders untold =
        new RateLimitHeaders(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new CallRecord(
        UUID.randomUUID(),
        "m",
        Optional.of(new ChatAnswer("m", "{}", prompt, completion, 0, "", untold)),
        Optional.empty(),
        Duration.ZERO);
  }

  private static Pack.Sized record(long id, UUID job) {
    return new Pack.Sized(
        new ClaimedItem(id, job, (int) id, 1, 0, null, null, "{}", List.of(), false, null),
        new Question(1, SourceRecord.of("{}"), List.of(), Set.of()),
        10);
  }
}
