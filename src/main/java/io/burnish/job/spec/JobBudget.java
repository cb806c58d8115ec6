package io.burnish.job.spec;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The most that a job may spend. Once the next call could exceed it, the job is paused.
 *
 * @param maxTokens prompt and completion tokens of its calls; over 0; null: no limit
 * @param maxCost US$; over 0, at most 6 decimals; null: no limit
 */
@Embeddable
public record JobBudget(
    @Column(name = "max_tokens") @Nullable Long maxTokens,
    @Column(name = "max_cost") @Nullable BigDecimal maxCost) {

  /** No limit. */
  public static final JobBudget NONE = new JobBudget(null, null);

  /** Most tokens that a budget can name. */
  public static final long MOST_TOKENS = 1_000_000_000_000L;

  /** Highest cost that a budget can name, in US$. */
  public static final BigDecimal MOST_COST = BigDecimal.valueOf(1_000_000_000);

  /** Decimals of a cost at most. */
  public static final int DECIMALS = 6;
}
