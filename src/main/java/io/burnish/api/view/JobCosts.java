package io.burnish.api.view;

import io.burnish.api.view.JobView.Cost;
import io.burnish.api.view.JobView.Tokens;
import io.burnish.items.ItemCall;
import io.burnish.job.state.Counts;
import io.burnish.job.stored.Job;
import io.burnish.job.usage.FileUsages;
import io.burnish.job.usage.FileUsages.FileUsage;
import io.burnish.job.usage.ModelUsage;
import io.burnish.prices.Price;
import io.burnish.prices.Prices;
import io.burnish.status.Spent;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What jobs and their files cost, at the prices of now. */
@Singleton
public class JobCosts {

  /** What a file without calls cost. */
  static final FileCost NONE = new FileCost(new Tokens(0, 0, 0), zero());

  private final FileUsages files;
  private final Prices prices;

  JobCosts(FileUsages files, Prices prices) {
    this.files = files;
    this.prices = prices;
  }

  /**
   * What the records of a file cost.
   *
   * @param tokens of the calls about them
   * @param cost in US$; null: a model that was called has no price
   */
  record FileCost(Tokens tokens, @Nullable BigDecimal cost) {}

  /** What a job cost, and what its open items are likely to cost. */
  public Cost of(Job job, List<ModelUsage> usage) {
    Counts counts = job.counts();
    return of(counts, job.finishedAt().isEmpty() ? counts.total() - counts.done() : 0, usage);
  }

  /** What the calls of a model cost in US$; null: it has no price. */
  @Nullable BigDecimal of(ModelUsage usage) {
    return of(usage.model(), usage.promptTokens(), usage.cachedTokens(), usage.completionTokens());
  }

  /** What calls about an item cost in US$, its share of each; null: a model has no price. */
  public @Nullable BigDecimal of(List<ItemCall> calls) {
    return sum(
        calls.stream()
            .map(
                call ->
                    of(
                        call.model(),
                        call.tokens().prompt(),
                        call.tokens().cached(),
                        call.tokens().completion())));
  }

  /** What calls cost in US$; null: a model that was called has no price. */
  public @Nullable BigDecimal ofSpent(List<Spent> spent) {
    return sum(
        spent.stream()
            .map(
                each ->
                    of(
                        each.model(),
                        each.promptTokens(),
                        each.cachedTokens(),
                        each.completionTokens())));
  }

  private @Nullable BigDecimal of(String model, long prompt, long cached, long completion) {
    return prices.cost(model, prompt, cached, completion).orElse(null);
  }

  /**
   * What a job cost, and what its open items are likely to cost: as much each as the decided ones.
   *
   * @param open items that are still to be decided
   */
  Cost of(Counts counts, int open, List<ModelUsage> usage) {
    BigDecimal spent = sum(usage.stream().map(this::of));
    long tokens =
        usage.stream().mapToLong(each -> each.promptTokens() + each.completionTokens()).sum();
    if (open == 0) {
      return new Cost(spent, zero(), 0L);
    }
    return counts.done() == 0
        ? new Cost(spent, null, null)
        : new Cost(
            spent,
            spent == null ? null : toCome(spent, counts.done(), open),
            Math.round((double) tokens / counts.done() * open));
  }

  private static BigDecimal toCome(BigDecimal spent, long decided, long open) {
    return spent
        .multiply(BigDecimal.valueOf(open))
        .divide(BigDecimal.valueOf(decided), Price.DECIMALS, RoundingMode.HALF_UP);
  }

  /** What each file cost, by its ordinal; files without calls are not in the map. */
  Map<Integer, FileCost> files(Job job) {
    return files.of(job.id()).stream()
        .collect(
            Collectors.groupingBy(
                FileUsage::ordinal,
                Collectors.collectingAndThen(Collectors.toList(), this::fileCost)));
  }

  private FileCost fileCost(List<FileUsage> usage) {
    return new FileCost(
        new Tokens(
            usage.stream().mapToLong(FileUsage::promptTokens).sum(),
            usage.stream().mapToLong(FileUsage::completionTokens).sum(),
            usage.stream().mapToLong(FileUsage::cachedTokens).sum()),
        sum(
            usage.stream()
                .map(
                    each ->
                        of(
                            each.model(),
                            each.promptTokens(),
                            each.cachedTokens(),
                            each.completionTokens()))));
  }

  /** The sum; null when one of them is. */
  private static @Nullable BigDecimal sum(Stream<@Nullable BigDecimal> costs) {
    return Prices.sum(costs.map(Optional::ofNullable)).orElse(null);
  }

  private static BigDecimal zero() {
    return BigDecimal.ZERO.setScale(Price.DECIMALS);
  }
}
