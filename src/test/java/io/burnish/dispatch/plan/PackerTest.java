package io.burnish.dispatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.Pack.PackKey;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.enhancement.Question;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackerTest {

  private static final int FRAME = 500;
  private static final UUID JOB = UUID.randomUUID();

  private final Packer packer = packer(16);

  @Property(tries = 200)
  void every_pack_is_within_the_plan_and_no_record_is_in_two(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 900) Integer> tokens,
      @ForAll @IntRange(min = 1, max = 8) int calls,
      @ForAll @IntRange(min = 1, max = 16) int most) {
    Packer.Plan plan = new Packer.Plan(most, 3_000);
    List<SizedRecord> records = new ArrayList<>();
    tokens.forEach(size -> records.add(record(records.size(), size)));

    List<List<SizedRecord>> packs = packer.packs(records, plan, calls);

    assertThat(packs).hasSizeLessThanOrEqualTo(calls);
    assertThat(packs)
        .allSatisfy(
            pack -> {
              assertThat(pack).hasSizeBetween(1, most);
              assertThat(FRAME + pack.stream().mapToInt(SizedRecord::tokens).sum())
                  .isLessThanOrEqualTo(plan.promptTokens());
            });
    assertThat(packs.stream().flatMap(List::stream).map(r -> r.item().id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void records_fill_one_call_before_the_next() {
    List<SizedRecord> records = records(20);

    List<List<SizedRecord>> packs = packer.packs(records, new Packer.Plan(16, 100_000), 4);

    assertThat(packs).extracting(List::size).containsExactly(16, 4);
  }

  @Test
  void records_of_different_company_do_not_share_a_call() {
    PackKey fresh = new PackKey(ClaimedItem.UNBOUNDED, false);
    PackKey reasks = new PackKey(ClaimedItem.UNBOUNDED, true);
    List<SizedRecord> records =
        List.of(
            record(1, 100, fresh),
            record(2, 100, reasks),
            record(3, 100, new PackKey(1, false)),
            record(4, 100, new PackKey(1, false)),
            record(5, 100, fresh),
            record(6, 100, reasks));

    List<List<SizedRecord>> packs = packer.packs(records, new Packer.Plan(16, 100_000), 6);

    assertThat(packs.stream().map(pack -> pack.stream().map(r -> r.item().id()).toList()))
        .containsExactlyInAnyOrder(List.of(1L, 5L), List.of(2L, 6L), List.of(3L), List.of(4L));
  }

  @Test
  void a_pack_that_failed_as_a_whole_is_asked_about_in_halves() {
    List<SizedRecord> records = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      records.add(record(i, 100, new PackKey(8, false)));
    }

    List<List<SizedRecord>> packs = packer.packs(records, new Packer.Plan(16, 100_000), 6);

    assertThat(packs).extracting(List::size).containsExactly(8, 8);
  }

  @Test
  void a_record_longer_than_the_plan_is_left_out() {
    SizedRecord giant = record(1, 50_000);

    assertThat(packer.packs(List.of(giant), new Packer.Plan(16, 10_000), 4)).isEmpty();
    assertThat(packer.fits(giant, new Packer.Plan(16, 10_000))).isFalse();
  }

  /** Defect H1: such records moved the average, and the plan was larger than every limit. */
  @Test
  void records_that_never_fit_do_not_make_the_plan_larger_than_the_limit() {
    for (int i = 0; i < 30; i++) {
      Packer.Plan plan = packer.plan("m", PackerTest::charge, 7_200);
      packer.packs(List.of(record(i, 20_000)), plan, 4);
    }

    Packer.Plan plan = packer.plan("m", PackerTest::charge, 7_200);

    assertThat(charge(plan.promptTokens(), plan.records())).isLessThanOrEqualTo(7_200);
    assertThat(packer.packs(records(3), plan, 4)).isNotEmpty();
  }

  @Property
  void a_plan_is_never_charged_more_than_the_largest_call(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 400_000) Integer> tokens,
      @ForAll @IntRange(min = 500, max = 300_000) int largest) {
    tokens.forEach(
        size ->
            packer.packs(
                List.of(record(1, size)), packer.plan("m", PackerTest::charge, largest), 1));

    Packer.Plan plan = packer.plan("m", PackerTest::charge, largest);

    assertThat(charge(plan.promptTokens(), plan.records())).isLessThanOrEqualTo(largest);
  }

  @Test
  void a_narrow_limit_means_fewer_records_in_a_call_and_never_none() {
    assertThat(packer.plan("m", PackerTest::charge, 1_000_000).records()).isEqualTo(16);
    assertThat(packer.plan("m", PackerTest::charge, 4_000).records()).isBetween(2, 8);
    assertThat(packer.plan("m", PackerTest::charge, 10).records()).isEqualTo(1);
  }

  @Test
  void a_call_that_was_too_much_is_never_planned_so_large_again_for_that_model() {
    packer.tooLarge("m", 16);
    assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(8);
    packer.tooLarge("m", 8);
    packer.tooLarge("m", 4);
    packer.tooLarge("m", 2);
    packer.tooLarge("m", 1);

    assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(1);
    assertThat(packer.plan("other", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(16);
  }

  @Test
  void many_refused_answers_make_packs_smaller_and_good_ones_larger_again() {
    for (int i = 0; i < 10; i++) {
      packer.judged("m", 16, 12);
    }
    int small = packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records();
    for (int i = 0; i < 200; i++) {
      packer.judged("m", 16, 0);
    }

    assertThat(small).isLessThan(16);
    assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(16);
  }

  @Test
  void the_size_recovers_after_calls_of_one_record() {
    for (int records = 16; records > 0; records /= 2) {
      packer.tooLarge("m", records);
    }

    for (int call = 0; call < 1_000; call++) {
      int size = packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records();
      packer.judged("m", size, 0);
    }

    assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(16);
  }

  @Test
  void a_size_that_failed_is_not_tried_again_soon() {
    packer.tooLarge("m", 16);
    packer.tooLarge("m", 8);

    for (int call = 0; call < 40; call++) {
      assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records())
          .isLessThanOrEqualTo(4);
      packer.judged("m", 4, 0);
    }
  }

  @Test
  void one_refused_answer_says_nothing_of_its_company() {
    for (int i = 0; i < 100; i++) {
      packer.judged("m", 3, 1);
    }

    assertThat(packer.plan("m", PackerTest::charge, Long.MAX_VALUE).records()).isEqualTo(16);
  }

  @Test
  void without_packing_every_record_has_its_own_call() {
    Packer one = packer(1);
    Packer.Plan plan = one.plan("m", PackerTest::charge, Long.MAX_VALUE);

    assertThat(one.packs(records(3), plan, 3)).extracting(List::size).containsExactly(1, 1, 1);
  }

  private static long charge(int promptTokens, int records) {
    return promptTokens + 100L * records;
  }

  private static Packer packer(int most) {
    Packer packer = new Packer(most);
    packer.frame(FRAME);
    return packer;
  }

  private static List<SizedRecord> records(int count) {
    List<SizedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(i, 400));
    }
    return records;
  }

  private static SizedRecord record(long id, int tokens) {
    return record(id, tokens, new PackKey(ClaimedItem.UNBOUNDED, false));
  }

  private static SizedRecord record(long id, int tokens, PackKey packKey) {
    ClaimedItem item =
        new ClaimedItem(
            id,
            JOB,
            (int) id,
            1,
            0,
            null,
            null,
            "{}",
            packKey.maxRecords(),
            0,
            List.of(),
            null,
            2,
            0,
            Set.of(),
            ClaimedItem.Budget.NONE);
    return new SizedRecord(
        item, new Question(1, SourceRecord.of("{}"), List.of(), Set.of()), tokens, packKey);
  }
}
