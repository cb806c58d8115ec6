package io.burnish.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.queue.item.ClaimedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class JobCostShareTest {

  @Property(tries = 200)
  void the_shares_of_the_jobs_add_up_to_the_cost_of_the_call(
      @ForAll @Size(min = 1, max = 16) List<@IntRange(min = 0, max = 3) Integer> jobOfRecord,
      @ForAll @IntRange(min = 0, max = 10_000) int prompt,
      @ForAll @IntRange(min = 0, max = 5_000) int completion) {
    List<UUID> jobs =
        List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    List<ClaimedItem> items = new ArrayList<>();
    jobOfRecord.forEach(job -> items.add(item(items.size(), jobs.get(job))));

    List<JobCostShare> shares =
        JobCostShare.of(
            new LedgerEntry(
                UUID.randomUUID(),
                items,
                "m",
                "answered",
                200,
                prompt,
                completion,
                0,
                7,
                "r",
                null,
                "{}"));

    assertThat(shares.stream().mapToInt(JobCostShare::promptTokens).sum()).isEqualTo(prompt);
    assertThat(shares.stream().mapToInt(JobCostShare::completionTokens).sum())
        .isEqualTo(completion);
    assertThat(shares)
        .extracting(JobCostShare::jobId)
        .doesNotHaveDuplicates()
        .hasSize((int) jobOfRecord.stream().distinct().count());
  }

  private static ClaimedItem item(int seq, UUID job) {
    return ClaimedItem.first(seq, job, seq, null, null, "{}");
  }
}
